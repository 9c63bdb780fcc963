#pragma once

#include <string>

#include "searcher/search.hpp"

namespace pfind::tests {

/// Prints how well articles like another are found, by the labels that people gave them: one line for the half of the
/// articles that numbers of the model are chosen on, one for the half that is left to report what these give.
///
/// `labels`: a file with a line per article: its id, a tab, its labels with a space between them. Articles are alike
/// where they share a label. For each label the same number of articles is drawn, so that none counts for more than
/// another; not for labels that over a tenth of the articles have. Throws std::runtime_error where the file is no such.
void measure_similar(searcher::Index& index, const std::string& labels, searcher::SearchRequest request);

} // namespace pfind::tests
