#include "indexer/reading_report.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string_view>
#include <utility>

#include "common/article_json.hpp"
#include "common/terminal.hpp"
#include "indexer/console.hpp"

namespace pfind::indexer {
namespace {

constexpr std::size_t k_label_columns = 14; // "organization" and two spaces
constexpr std::size_t k_widest_text = 100;  // as pfind has it
constexpr std::size_t k_narrowest_text = 20;
constexpr std::size_t k_body_shown = 160; // bytes of its beginning

struct Palette {
  Style place;
  Style label;
  Style source;
  Style problem;
};

Palette palette(bool color) {
  if (!color) return {};
  return {.place = {"32"}, .label = {"1"}, .source = {"2"}, .problem = {"33"}};
}

std::string beginning(std::string_view text) {
  if (text.size() <= k_body_shown) return std::string(text);
  std::size_t end = k_body_shown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string body_summary(const std::string& body) {
  if (body.empty()) return {};
  std::size_t paragraphs = 1;
  for (std::size_t at = body.find("\n\n"); at != std::string::npos; at = body.find("\n\n", at + 2)) ++paragraphs;
  return fmt::format("{} in {}: {}", counted(body.size(), "byte"), counted(paragraphs, "paragraph"), beginning(body));
}

/// Lines of one article.
class Writer {
public:
  Writer(bool color, std::size_t columns)
      : colors_(palette(color)),
        columns_(columns == 0 ? 0 : std::max(std::min(columns, k_widest_text), k_label_columns + k_narrowest_text)) {}

  const Palette& colors() const { return colors_; }

  void heading(std::string_view place) { out_ += colors_.place(printable(place)) + '\n'; }

  /// A label beside a text that is broken into as many lines as it needs.
  void row(std::string_view label, std::string_view text, Style style = {}) {
    std::string margin = colors_.label(label) + std::string(k_label_columns - 2 - label.size(), ' ');
    const std::string line = printable(text);
    for (const text::Span part : wrap(line, columns_ == 0 ? 0 : columns_ - k_label_columns)) {
      out_ += "  " + margin + style(std::string_view(line).substr(part.begin, part.end - part.begin)) + '\n';
      margin.assign(k_label_columns - 2, ' ');
    }
  }

  std::string take() { return std::move(out_); }

private:
  Palette colors_;
  std::size_t columns_;
  std::string out_;
};

std::vector<std::pair<std::string_view, std::string>> fields_of(const Article& article) {
  return {{"title", article.title},
          {"author", joined_authors(article)},
          {"date", article.date ? to_iso(*article.date) : std::string()},
          {"outlet", article.outlet},
          {"url", article.url},
          {"id", article.id},
          {"language", article.language},
          {"body", body_summary(article.body)}};
}

void write_sources(Writer& writer, std::string_view field, const std::string& shown,
                   const corpus::ReadingNotes& notes) {
  for (const corpus::FieldEvidence& evidence : notes.fields) {
    if (evidence.field != field) continue;
    const bool same = field == "body" || evidence.value.empty() || shown.find(evidence.value) != std::string::npos;
    writer.row("", same ? "from " + evidence.source : fmt::format("from {}: {}", evidence.source, evidence.value),
               writer.colors().source);
  }
}

} // namespace

std::string ReadingReport::describe(const Article& article, const EntitySets& entities,
                                    const corpus::ReadingNotes& notes,
                                    const std::vector<corpus::Problem>& problems) const {
  Writer writer(color, columns);
  writer.heading(article.location());
  for (const auto& [field, value] : fields_of(article)) {
    writer.row(field, value.empty() ? "none" : value, value.empty() ? writer.colors().source : Style{});
    write_sources(writer, field, value, notes);
  }
  for (const EntityKind kind : k_entity_kinds) {
    const std::vector<std::string>& names = entities[static_cast<std::size_t>(kind)];
    if (!names.empty()) writer.row(to_string(kind), fmt::format("{}", fmt::join(names, ", ")));
  }
  std::string_view label = "left out";
  for (const corpus::Omission& omission : notes.omissions) {
    writer.row(std::exchange(label, ""), fmt::format("“{}”", omission.text));
    writer.row("", omission.reason, writer.colors().source);
  }
  label = "problem";
  for (const corpus::Problem& problem : problems)
    writer.row(std::exchange(label, ""), problem.reason, writer.colors().problem);
  return writer.take();
}

std::string ReadingReport::describe(const corpus::Problem& problem) const {
  Writer writer(color, columns);
  writer.heading(problem.where.empty() ? problem.path : problem.path + ", " + problem.where);
  writer.row(problem.indexed ? "problem" : "not read", problem.reason, writer.colors().problem);
  return writer.take();
}

} // namespace pfind::indexer
