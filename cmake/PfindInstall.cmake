# What `cmake --install` puts in place: the programs, their manual pages and completions, and the libraries with a package
# for find_package(pfind).
include(CMakePackageConfigHelpers)

set(pfind_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/pfind)

foreach(program IN ITEMS pindex pfind)
  if(TARGET ${program})
    install(TARGETS ${program} RUNTIME COMPONENT programs)
  endif()
endforeach()

if(TARGET pindex-reader)
  install(TARGETS pindex-reader RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/pfind COMPONENT programs)
endif()

foreach(library IN ITEMS common corpus indexer searcher)
  if(NOT TARGET pfind_${library})
    continue()
  endif()
  # The dependencies of a static library's implementation are linked by whoever uses it, hence exported by name.
  install(TARGETS pfind_${library} EXPORT pfindTargets COMPONENT development)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${library} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/pfind COMPONENT development
          FILES_MATCHING PATTERN "*.hpp" PATTERN samples EXCLUDE PATTERN names EXCLUDE)
endforeach()
foreach(dependency IN ITEMS xapian cld2 stemmer)
  set_target_properties(pfind_${dependency} PROPERTIES EXPORT_NAME ${dependency})
  install(TARGETS pfind_${dependency} EXPORT pfindTargets COMPONENT development)
endforeach()
install(EXPORT pfindTargets NAMESPACE pfind:: DESTINATION ${pfind_package_dir} COMPONENT development)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/pfindConfig.cmake.in ${PROJECT_BINARY_DIR}/pfindConfig.cmake
                              INSTALL_DESTINATION ${pfind_package_dir})
# Before 1.0 every minor version may change the interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/pfindConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/pfindConfig.cmake ${PROJECT_BINARY_DIR}/pfindConfigVersion.cmake
        DESTINATION ${pfind_package_dir} COMPONENT development)

install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT programs)

# Manual pages, where there is what they are made with (package group `docs` of scripts/install-packages).
find_program(PANDOC_PROGRAM pandoc)
find_program(GNU_MAKE_PROGRAM NAMES gmake make)
# A relative path, because make cannot name a folder with a space.
file(RELATIVE_PATH manuals ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/docs)
if(PANDOC_PROGRAM AND GNU_MAKE_PROGRAM AND NOT manuals MATCHES " ")
  add_custom_target(pfind_manuals ALL
    COMMAND ${GNU_MAKE_PROGRAM} --silent --file Makefile.docs man OUT=${manuals}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
  foreach(section IN ITEMS 1 7)
    install(DIRECTORY ${PROJECT_BINARY_DIR}/docs/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section}
            COMPONENT programs FILES_MATCHING PATTERN "*.${section}")
  endforeach()
endif()

foreach(program IN ITEMS pindex pfind)
  set(completions ${PROJECT_SOURCE_DIR}/docs/completions)
  install(FILES ${completions}/bash/${program} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
          COMPONENT programs)
  install(FILES ${completions}/zsh/_${program} DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT programs)
  install(FILES ${completions}/fish/${program}.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
          COMPONENT programs)
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/docs/pfind-output.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/pfind
        COMPONENT programs OPTIONAL)
