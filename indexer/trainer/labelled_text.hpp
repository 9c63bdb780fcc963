#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "indexer/recognizer/name_model.hpp"

namespace pfind::indexer {

/// A token of a labelled corpus: its byte range in the text and the labels that are right for it.
struct LabelledToken {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string label; ///< as the corpus has it, in BIO form: `B-ORG`, `I-PER`, `O`
};

/// A document of a labelled corpus.
struct LabelledText {
  std::string corpus; ///< its name
  std::string text;
  std::vector<LabelledToken> tokens;
};

/// What a corpus is like.
struct CorpusFile {
  std::string corpus; ///< its name
  std::filesystem::path
      path; ///< CoNLL form: a token a line, its label in the last column, a blank line between sentences
  bool sentences_stand_alone = false; ///< tweets: every sentence is a document
};

/// Reads a file of a corpus. Tokens are put together again to text as it is written: `( Moody 's )` to `(Moody's)`.
/// Documents end at `-DOCSTART-`, where sentences stand alone at each blank line. Throws std::runtime_error.
std::vector<LabelledText> read_corpus(const CorpusFile& file);

/// The files of the corpora under `folder` that the model is trained on, in a fixed order. Throws std::runtime_error
/// where one is missing.
std::vector<CorpusFile> corpora_in(const std::filesystem::path& folder);

} // namespace pfind::indexer
