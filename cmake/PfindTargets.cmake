# Usage requirements shared by every target of the project: warnings, sanitizers, hardening.
add_library(pfind_build INTERFACE)
target_compile_options(pfind_build INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wcast-qual -Wundef
  "$<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor;-Woverloaded-virtual>"
  -Wno-missing-field-initializers # designated initializers leave the rest at its default on purpose
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> # GCC 12 sees overlaps in std::string that are not there (GCC bug 105651)
  -fstack-protector-strong -ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)
target_compile_definitions(pfind_build INTERFACE
  $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2> _GLIBCXX_ASSERTIONS XXH_INLINE_ALL)
target_link_options(pfind_build INTERFACE -Wl,-z,relro,-z,now)

set(PFIND_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize= takes them")
if(PFIND_SANITIZE)
  # g++ takes what it instruments itself for uninitialized reads (its manual, "Instrumentation Options"), in <regex> for one.
  target_compile_options(pfind_build INTERFACE -fsanitize=${PFIND_SANITIZE} -fno-sanitize-recover=all
                                               -fno-omit-frame-pointer
                                               $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(pfind_build INTERFACE -fsanitize=${PFIND_SANITIZE})
  target_sources(pfind_build INTERFACE
    $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:${PROJECT_SOURCE_DIR}/cmake/sanitizer_options.cpp>)
endif()

if(PFIND_FUZZ)
  target_compile_options(pfind_build INTERFACE -fsanitize=fuzzer-no-link)
endif()

# The memory of programs that index: much of it is freed by another thread than took it, which costs 4 % more of their time
# with the C library's. Sanitizers bring their own.
add_library(pfind_memory INTERFACE)
if(NOT PFIND_SANITIZE)
  target_link_libraries(pfind_memory INTERFACE PkgConfig::tcmalloc)
endif()

# pfind_library(name sources...): the library pfind_<name>, exported as pfind::<name>; headers are included from the root.
function(pfind_library name)
  add_library(pfind_${name} ${ARGN})
  add_library(pfind::${name} ALIAS pfind_${name})
  set_target_properties(pfind_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_compile_features(pfind_${name} PUBLIC cxx_std_20)
  target_include_directories(pfind_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/pfind>)
  target_link_libraries(pfind_${name} PRIVATE $<BUILD_INTERFACE:pfind_build>)
  target_precompile_headers(pfind_${name} PRIVATE
    $<$<COMPILE_LANGUAGE:CXX>:${PROJECT_SOURCE_DIR}/cmake/precompiled.hpp>)
endfunction()

# pfind_embed(target file symbol): makes the text of `file` available as
#   extern "C" const char symbol[], symbol_end[];
# so that a program never lacks its data, wherever it is run from.
function(pfind_embed target file symbol)
  get_filename_component(path "${file}" ABSOLUTE)
  set(asm "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.c")
  file(CONFIGURE OUTPUT "${asm}" @ONLY CONTENT [[
/* Generated: the bytes of a data file between two symbols. */
__asm__(
  ".section .rodata\n"
  ".global @symbol@\n.global @symbol@_end\n"
  "@symbol@:\n.incbin \"@path@\"\n@symbol@_end:\n.byte 0\n"
  ".previous\n");
typedef int @symbol@_translation_unit_is_not_empty;
]])
  set_source_files_properties("${asm}" PROPERTIES OBJECT_DEPENDS "${path}" GENERATED TRUE)
  target_sources(${target} PRIVATE "${asm}")
endfunction()
