/// \file
/// What the sources of the libraries include most, precompiled for them: it takes a third off their time in the
/// compiler. Each source still names what it uses; scripts/lint reads them without this.

#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>
