#include "corpus/reader/xml/stream.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <memory>
#include <utility>

#include "corpus/reader/text_line.hpp"
#include "corpus/reader/xml/builder.hpp"
#include "corpus/reader/xml/repair.hpp"

namespace pfind::corpus::xml {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_piece = std::size_t{16} << 10; // libxml2 scans what it cannot use yet again and again

struct Namespace {
  std::string_view uri;
  std::string_view prefix; ///< the usual one
};

constexpr std::array k_namespaces{
    Namespace{"http://purl.org/rss/1.0/modules/content/", "content"},
    Namespace{"http://purl.org/dc/elements/1.1/", "dc"},
    Namespace{"http://purl.org/dc/terms/", "dcterms"},
    Namespace{"http://search.yahoo.com/mrss/", "media"},
    Namespace{"http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes"},
    Namespace{"http://www.w3.org/2005/Atom", "atom"},
    Namespace{"http://rssnamespace.org/feedburner/ext/1.0", "feedburner"},
    Namespace{"http://www.w3.org/1999/xhtml", ""},
};

std::string_view view_of(const xmlChar* text) { return text == nullptr ? "" : reinterpret_cast<const char*>(text); }

struct FreeContext {
  void operator()(xmlParserCtxt* context) const {
    xmlFreeDoc(context->myDoc);
    xmlFreeParserCtxt(context);
  }
};

/// libxml2's push parser with nothing of its own built: a document of any size is a run of events. A broken document
/// goes on as it can.
class Parser {
public:
  explicit Parser(Builder& builder) : builder_(builder) {
    xmlInitParser();
    xmlSAXHandler events{};
    events.initialized = XML_SAX2_MAGIC;
    events.startElementNs = &Parser::on_start;
    events.endElementNs = &Parser::on_end;
    events.characters = &Parser::on_text;
    events.cdataBlock = &Parser::on_text;
    events.ignorableWhitespace = &Parser::on_text;
    events.serror = &Parser::on_error;
    context_.reset(xmlCreatePushParserCtxt(&events, this, nullptr, 0, nullptr));
    if (context_ == nullptr) throw std::bad_alloc();
    xmlCtxtUseOptions(context_.get(), XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC);
  }

  /// False once nothing more can be read.
  bool parse(std::string_view piece, bool final) {
    xmlParseChunk(context_.get(), piece.data(), static_cast<int>(piece.size()), final ? 1 : 0);
    if (failure_) std::rethrow_exception(failure_);
    return context_->instate != XML_PARSER_EOF;
  }

  const std::optional<Damage>& damage() const { return damage_; }

private:
  // No exception may cross the C library: it is kept, and thrown once that has returned.
  template <typename Work>
  void guarded(Work work) {
    try {
      work();
    } catch (...) {
      failure_ = std::current_exception();
      xmlStopParser(context_.get());
    }
  }

  std::string name_of(std::string_view local, std::string_view prefix, std::string_view uri) const {
    if (prefix.empty() || (uri == root_uri_ && !uri.empty())) return std::string(local);
    const auto* const known = std::ranges::find(k_namespaces, uri, &Namespace::uri);
    const std::string_view usual = known == k_namespaces.end() ? prefix : known->prefix;
    return usual.empty() ? std::string(local) : std::string(usual) + ':' + std::string(local);
  }

  static void on_start(void* self_pointer, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri, int,
                       const xmlChar**, int attribute_count, int, const xmlChar** attributes) {
    auto* self = static_cast<Parser*>(self_pointer);
    self->guarded([&] {
      if (!std::exchange(self->begun_, true)) self->root_uri_ = view_of(uri);
      Element element{.name = self->name_of(view_of(local), view_of(prefix), view_of(uri))};
      // Five pointers an attribute: local name, prefix, namespace, value's begin and end.
      for (int i = 0; i < attribute_count; ++i, attributes += 5) {
        const auto* begin = reinterpret_cast<const char*>(attributes[3]);
        const auto* end = reinterpret_cast<const char*>(attributes[4]);
        element.attributes.emplace_back(
            self->name_of(view_of(attributes[0]), view_of(attributes[1]), view_of(attributes[2])),
            std::string(begin, end));
      }
      self->builder_.start(std::move(element), static_cast<std::size_t>(xmlSAX2GetLineNumber(self->context_.get())));
    });
  }

  static void on_end(void* self_pointer, const xmlChar* local, const xmlChar*, const xmlChar*) {
    auto* self = static_cast<Parser*>(self_pointer);
    self->guarded([&] {
      const std::string written = std::exchange(self->mismatched_end_, "");
      self->builder_.end(written.empty() ? view_of(local) : written);
    });
  }

  static void on_text(void* self_pointer, const xmlChar* text, int length) {
    auto* self = static_cast<Parser*>(self_pointer);
    self->guarded([&] {
      self->builder_.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
    });
  }

  static void on_error(void* self_pointer, xmlErrorPtr error) {
    auto* self = static_cast<Parser*>(self_pointer);
    self->guarded([&] {
      if (error->level != XML_ERR_FATAL) return;
      // libxml2 closes the innermost element at whatever end tag; the name in the tag is known here alone.
      if (error->code == XML_ERR_TAG_NAME_MISMATCH && error->str2 != nullptr) self->mismatched_end_ = error->str2;
      if (self->damage_) return;
      self->damage_ = Damage{static_cast<std::size_t>(std::max(error->line, 0)), single_spaced(error->message)};
    });
  }

  Builder& builder_;
  std::unique_ptr<xmlParserCtxt, FreeContext> context_;
  std::string root_uri_;
  std::string mismatched_end_;
  std::optional<Damage> damage_;
  std::exception_ptr failure_;
  bool begun_ = false;
};

/// `text` behind a construct that ends with `mark`.
std::string_view behind(std::string_view text, std::string_view mark) {
  const std::size_t end = text.find(mark);
  return end == std::string_view::npos ? "" : text.substr(end + mark.size());
}

std::string_view behind_doctype(std::string_view text) {
  const std::size_t subset = text.find_first_of("[>");
  if (subset == std::string_view::npos) return "";
  return text[subset] == '>' ? text.substr(subset + 1) : behind(behind(text.substr(subset), "]"), ">");
}

} // namespace

std::optional<Damage> read_elements(ByteStream& text, const Shape& shape, std::size_t limit,
                                    const std::function<void(const Element&, const Place&)>& handle) {
  Builder builder(shape, limit);
  Parser parser(builder);
  Repair repair;
  std::string piece(k_piece, '\0');
  const auto hand_on = [&] {
    for (const auto& [element, place] : builder.take_finished()) handle(element, place);
  };
  bool final = false;
  bool going = true;
  while (!final && going) {
    const std::size_t got = text.read(piece.data(), piece.size());
    final = got == 0;
    going = parser.parse(repair.mend({piece.data(), got}, final), final);
    hand_on();
  }
  builder.finish();
  hand_on();
  std::optional<Damage> damage = parser.damage();
  if (damage) damage->fatal = !final;
  return damage;
}

std::string root_name(std::string_view head) {
  for (head = trimmed(head); head.starts_with('<'); head = trimmed(head)) {
    if (head.starts_with("<?")) {
      head = behind(head, "?>");
    } else if (head.starts_with("<!--")) {
      head = behind(head, "-->");
    } else if (head.starts_with("<!")) {
      head = behind_doctype(head);
    } else {
      const std::string_view name = head.substr(1, head.find_first_of(" \t\n/>", 1) - 1);
      return std::string(name.substr(name.find(':') + 1));
    }
  }
  return "";
}

} // namespace pfind::corpus::xml
