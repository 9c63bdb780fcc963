#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// What an index is on disk and which metadata it carries: what `pindex` writes and `pfind` expects.
///
///     INDEX/XAPIANDB   Xapian stub file naming the live generation; replaced atomically, so Xapian opens INDEX itself
///     INDEX/gen-N      a generation: one Xapian database (glass)
///     INDEX/lock       locked by the one process that writes
namespace pfind::index_files {

/// The stub file of an index.
std::filesystem::path stub(const std::filesystem::path& index);

/// The file whose lock the writer holds.
std::filesystem::path lock(const std::filesystem::path& index);

/// The directory of generation `number`.
std::filesystem::path generation(const std::filesystem::path& index, unsigned number);

/// The number in the name of a generation's directory, or nothing.
std::optional<unsigned> generation_number(std::string_view directory_name);

/// The live generation as the stub file names it, or nothing where there is no index. Throws IndexError for a stub file
/// that is not ours.
std::optional<unsigned> live_generation(const std::filesystem::path& index);

/// Whether a file or directory of that name belongs to an index.
bool is_part(std::string_view name);

/// Makes `number` the live generation in one atomic and durable step. Throws IndexError.
void publish(const std::filesystem::path& index, unsigned number);

/// Removes what interrupted writers left: every generation but the live one, and a stub file that took no place. The
/// caller holds the lock. Throws std::filesystem::filesystem_error.
void remove_remains(const std::filesystem::path& index, std::optional<unsigned> live);

/// Makes what lies in a generation's directory durable. Throws IndexError.
void sync_generation(const std::filesystem::path& index, unsigned number);

/// Where the index lies unless told otherwise: below XDG_DATA_HOME, else HOME/.local/share. Throws UsageError where
/// neither is set. Pass the variables' values; null where unset.
std::filesystem::path default_index(const char* xdg_data_home, const char* home);

} // namespace pfind::index_files

/// Keys of an index's metadata (Xapian's user metadata); those that end with a slash are made with `fit_term`.
namespace pfind::metadata {

inline constexpr std::string_view k_schema = "pfind/schema";     ///< k_schema_version in decimal
inline constexpr std::string_view k_analyzer = "pfind/analyzer"; ///< text::k_analyzer_version in decimal
inline constexpr std::string_view k_names =
    "pfind/names"; ///< digest of the shipped names and settings that articles were read with
inline constexpr std::string_view k_looked_for = "pfind/looked-for"; ///< looked_for of the user: a names file
inline constexpr std::string_view k_catalog = "pfind/catalog"; ///< digest of what the catalog was made with; else stale
inline constexpr std::string_view k_reading = "pfind/reading"; ///< how articles are to be read, as the user said
inline constexpr std::string_view k_copies = "pfind/copies"; ///< how many copies are not shown, in decimal; none: empty
inline constexpr std::string_view k_sum = "pfind/sum";       ///< over all other entries, see metadata_sum; older: empty
inline constexpr std::string_view k_root = "root/";          ///< + path of a collection: the same path, whole
inline constexpr std::string_view k_file = "file/";          ///< + path of a file read: FileRecord
inline constexpr std::string_view k_facet = "facet/";        ///< + field/block: names of the facet's values
inline constexpr std::string_view k_mapping = "catalog/";    ///< + field: FacetMapping
inline constexpr std::string_view k_alias = "alias/";        ///< + field/key: what the name stands for, see name_refs
inline constexpr std::string_view k_member =
    "member/"; ///< + field/canonical key: the names that lead to it, see name_refs
inline constexpr std::string_view k_copy =
    "copy/"; ///< + its location: an article that another document stands for, see with_digest
inline constexpr std::string_view k_compound = "compound/"; ///< + joined term: the parts' terms, space between

} // namespace pfind::metadata
