#pragma once

#include <limits>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>
#include <xapian.h>

namespace pfind::tests {

/// Draws documents and what is done with them.
class DocumentDraw {
public:
  explicit DocumentDraw(unsigned seed) : random_(seed) {
    for (std::size_t size = 1 + below(60), i = 0; i < size; ++i) vocabulary_.push_back(term());
    for (std::size_t size = 1 + below(5), i = 0; i < size; ++i) slots_.push_back(slot());
  }

  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_); }
  bool one_in(std::size_t n) { return below(n) == 0; }

  std::string bytes(std::size_t size) {
    std::string text(size, '\0');
    const std::size_t alphabet = one_in(2) ? 256 : 3;
    for (char& byte : text) byte = static_cast<char>(below(alphabet) + (alphabet == 3 ? 'a' : 0));
    return text;
  }

  const std::vector<std::string>& vocabulary() const { return vocabulary_; }
  const std::vector<Xapian::valueno>& slots() const { return slots_; }

  Xapian::Document document() {
    Xapian::Document document;
    document.set_data(bytes(one_in(4) ? 0 : one_in(30) ? below(100000) : below(60)));
    for (std::size_t terms = one_in(8) ? 0 : below(12); terms > 0; --terms) add_term(document);
    for (const Xapian::valueno slot : slots_) {
      if (one_in(2)) document.add_value(slot, bytes(one_in(20) ? below(5000) : 1 + below(20)));
    }
    return document;
  }

  /// User metadata; no text is empty.
  std::map<std::string, std::string> metadata() {
    std::map<std::string, std::string> entries;
    for (std::size_t i = below(10); i > 0; --i)
      entries[bytes(1 + below(200))] = bytes(1 + below(one_in(5) ? 9000 : 50));
    return entries;
  }

  /// Whether documents may be so far apart that Xapian takes long for queries which look at every number.
  bool sparse() const { return sparse_; }

  /// Whether positions may be so large that Xapian does not come back from phrases.
  bool far() const { return far_; }

  Xapian::docid gap() {
    if (sparse_ && one_in(3)) return static_cast<Xapian::docid>(1 + below(one_in(3) ? 5'000'000 : 50'000));
    return static_cast<Xapian::docid>(one_in(4) ? 1 + below(300) : 1);
  }

private:
  std::string term() {
    switch (below(6)) {
    case 0: return std::string(245, static_cast<char>('a' + below(3)));
    case 1: return std::string(1 + below(80), '\0') + bytes(below(3));
    case 2: return bytes(1 + below(240)).substr(0, 120); // 245 bytes in a key, if all are zero
    default: return bytes(1 + below(4));
    }
  }

  Xapian::valueno slot() {
    return static_cast<Xapian::valueno>(one_in(5) ? below(std::numeric_limits<Xapian::valueno>::max()) : below(300));
  }

  Xapian::termpos position() {
    if (far_ && one_in(10)) return std::numeric_limits<Xapian::termpos>::max() - static_cast<Xapian::termpos>(below(3));
    return static_cast<Xapian::termpos>(one_in(10) ? below(1'000'000'000) : 1 + below(2000));
  }

  void add_term(Xapian::Document& document) {
    const std::string& term = vocabulary_[below(vocabulary_.size())];
    switch (below(5)) {
    case 0: document.add_boolean_term(term); break;
    case 1: document.add_term(term, static_cast<Xapian::termcount>(one_in(20) ? below(50'000'000) : below(300))); break;
    default:
      for (std::size_t left = one_in(10) ? below(300) : 1 + below(4); left > 0; --left)
        document.add_posting(term, position(), one_in(10) ? 0 : 1);
    }
  }

  std::mt19937 random_;
  bool sparse_ = one_in(30);
  bool far_ = one_in(10);
  std::vector<std::string> vocabulary_;
  std::vector<Xapian::valueno> slots_;
};

} // namespace pfind::tests
