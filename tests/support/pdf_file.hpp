#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pfind::tests {

/// A PDF document that a test makes: text in Helvetica, one of the fonts that every reader knows.
class PdfFile {
public:
  PdfFile() { page(); }

  /// Begins another page (612 by 792 points).
  PdfFile& page() {
    pages_.emplace_back();
    return *this;
  }

  /// A line of ASCII text whose baseline begins `x` points from the left and `y` from the top.
  PdfFile& text(double x, double y, std::string_view line, double size = 10, bool bold = false) {
    std::string escaped;
    for (const char c : line) escaped += c == '(' || c == ')' || c == '\\' ? std::string{'\\', c} : std::string{c};
    pages_.back() += "BT /F" + std::to_string(bold ? 2 : 1) + ' ' + number(size) + " Tf " + number(x) + ' ' +
                     number(k_height - y) + " Td (" + escaped + ") Tj ET\n";
    return *this;
  }

  /// Lines one below the other.
  PdfFile& lines(double x, double y, const std::vector<std::string>& lines, double size = 10, double pitch = 12) {
    for (const std::string& line : lines) {
      text(x, y, line, size);
      y += pitch;
    }
    return *this;
  }

  /// An entry of what the document says of itself: "Title", "Author", "CreationDate" (`D:20240312120000Z`).
  PdfFile& say(const std::string& key, const std::string& value) {
    info_ += '/' + key + " (" + value + ")\n";
    return *this;
  }

  /// Makes the document one that needs a password: its key is one that no password gives.
  PdfFile& lock() {
    locked_ = true;
    return *this;
  }

  std::string bytes() const {
    std::vector<std::string> objects{
        "<< /Type /Catalog /Pages 2 0 R >>", pages_object(), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>", "<< " + info_ + " >>"};
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      objects.push_back(
          "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R /F2 4 0 R "
          ">> >> /Contents " +
          std::to_string(k_first_page + 2 * i + 1) + " 0 R >>");
      objects.push_back("<< /Length " + std::to_string(pages_[i].size()) + " >>\nstream\n" + pages_[i] + "endstream");
    }
    return assembled(objects);
  }

private:
  static constexpr double k_height = 792;
  static constexpr std::size_t k_first_page = 6; // number of its object

  static std::string number(double value) { return std::to_string(value); }

  std::string pages_object() const {
    std::string kids;
    for (std::size_t i = 0; i < pages_.size(); ++i) kids += std::to_string(k_first_page + 2 * i) + " 0 R ";
    return "<< /Type /Pages /Count " + std::to_string(pages_.size()) + " /Kids [" + kids + "] >>";
  }

  std::string assembled(const std::vector<std::string>& objects) const {
    std::string file = "%PDF-1.4\n";
    std::string table;
    for (std::size_t i = 0; i < objects.size(); ++i) {
      std::string offset = std::to_string(file.size());
      table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
      file += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string start = std::to_string(file.size());
    const std::string zeros(64, '0');
    const std::string lock = locked_ ? "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + zeros + "> /U <" + zeros +
                                           "> >> /ID [<00> <00>] "
                                     : "";
    file += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n" + table;
    file += "trailer\n<< /Size " + std::to_string(objects.size() + 1) + " /Root 1 0 R /Info 5 0 R " + lock +
            ">>\nstartxref\n" + start + "\n%%EOF\n";
    return file;
  }

  std::vector<std::string> pages_; // content streams
  std::string info_;
  bool locked_ = false;
};

} // namespace pfind::tests
