# Every library pfind is built on, in one place. All come from Debian 12 packages; scripts/install-packages names them.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(xapian REQUIRED)                                       # libxapian-dev
find_package(ICU 72 REQUIRED COMPONENTS i18n uc)                    # libicu-dev
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)        # libboost-program-options-dev
find_package(fmt 9 REQUIRED)                                        # libfmt-dev
find_package(nlohmann_json 3.11 REQUIRED)                           # nlohmann-json3-dev
find_package(simdjson 3 REQUIRED)                                   # libsimdjson-dev
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo)             # libgumbo-dev
pkg_check_modules(libarchive REQUIRED IMPORTED_TARGET libarchive)   # libarchive-dev
find_package(ZLIB REQUIRED)                                         # zlib1g-dev
pkg_check_modules(deflate REQUIRED IMPORTED_TARGET libdeflate)      # libdeflate-dev
pkg_check_modules(isal REQUIRED IMPORTED_TARGET libisal)            # libisal-dev
pkg_check_modules(tcmalloc REQUIRED IMPORTED_TARGET libtcmalloc_minimal) # libgoogle-perftools-dev
pkg_check_modules(brotli REQUIRED IMPORTED_TARGET libbrotlidec)     # libbrotli-dev
pkg_check_modules(poppler REQUIRED IMPORTED_TARGET poppler-cpp)     # libpoppler-cpp-dev
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)      # libseccomp-dev
pkg_check_modules(gmime REQUIRED IMPORTED_TARGET gmime-3.0)         # libgmime-3.0-dev
pkg_check_modules(libxml2 REQUIRED IMPORTED_TARGET libxml-2.0)     # libxml2-dev
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)        # libxxhash-dev

# libcld2, libstemmer and libxapian's CMake package know no imported targets.
if(NOT TARGET pfind_xapian)
  add_library(pfind_xapian INTERFACE)
  target_include_directories(pfind_xapian SYSTEM INTERFACE ${XAPIAN_INCLUDE_DIR})
  target_link_libraries(pfind_xapian INTERFACE ${XAPIAN_LIBRARIES})
  add_library(pfind::xapian ALIAS pfind_xapian)
endif()

find_path(CLD2_INCLUDE_DIR cld2/public/compact_lang_det.h REQUIRED) # libcld2-dev
find_library(CLD2_LIBRARY cld2 REQUIRED)
add_library(pfind_cld2 INTERFACE)
target_include_directories(pfind_cld2 SYSTEM INTERFACE ${CLD2_INCLUDE_DIR})
target_link_libraries(pfind_cld2 INTERFACE ${CLD2_LIBRARY})
add_library(pfind::cld2 ALIAS pfind_cld2)

find_path(STEMMER_INCLUDE_DIR libstemmer.h REQUIRED)                # libstemmer-dev
find_library(STEMMER_LIBRARY stemmer REQUIRED)
add_library(pfind_stemmer INTERFACE)
target_include_directories(pfind_stemmer SYSTEM INTERFACE ${STEMMER_INCLUDE_DIR})
target_link_libraries(pfind_stemmer INTERFACE ${STEMMER_LIBRARY})
add_library(pfind::stemmer ALIAS pfind_stemmer)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The precompiled headers of the tests need these allowances; see the ccache manual, "Precompiled headers". With paths taken from
  # the source folder, another checkout of the same sources compiles nothing again.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime
                                  CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
endif()
