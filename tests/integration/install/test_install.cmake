# Installs into an empty prefix, checks that what people and programs look for is where they look, then builds and runs a
# project that knows nothing but the prefix.
cmake_minimum_required(VERSION 3.25)

set(prefix ${work_dir}/prefix)
file(REMOVE_RECURSE ${work_dir})

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nfailed (${status}):\n${output}")
  endif()
endfunction()

run(${CMAKE_COMMAND} --install ${build_dir} --prefix ${prefix})

set(expected
    include/pfind/common/article.hpp
    libexec/pfind/pindex-reader
    share/bash-completion/completions/pindex share/bash-completion/completions/pfind
    share/zsh/site-functions/_pindex share/zsh/site-functions/_pfind
    share/fish/vendor_completions.d/pindex.fish share/fish/vendor_completions.d/pfind.fish)
if(with_manuals)
  list(APPEND expected share/man/man1/pindex.1 share/man/man1/pfind.1)
endif()
foreach(file IN LISTS expected)
  if(NOT EXISTS ${prefix}/${file})
    message(FATAL_ERROR "${file} is not installed")
  endif()
endforeach()

# What reads archives is found from where it is installed.
file(WRITE ${work_dir}/articles/acme.txt "Acme licenses its modem patents\n\nThe two companies settled every dispute.\n")
execute_process(COMMAND ${CMAKE_COMMAND} -E tar cf deals.zip --format=zip acme.txt WORKING_DIRECTORY ${work_dir}/articles)
execute_process(COMMAND ${prefix}/bin/pindex --print ${work_dir}/articles/deals.zip OUTPUT_VARIABLE articles ERROR_VARIABLE problems)
if(NOT articles MATCHES "Acme licenses its modem patents" OR problems)
  message(FATAL_ERROR "the installed pindex reads no archive:\n${articles}${problems}")
endif()

run(${CMAKE_COMMAND} -G Ninja -S ${consumer_dir} -B ${work_dir}/consumer -D CMAKE_PREFIX_PATH=${prefix}
    -D CMAKE_BUILD_TYPE=${config} -D CMAKE_CXX_FLAGS=${cxx_flags})
run(${CMAKE_COMMAND} --build ${work_dir}/consumer)
run(${work_dir}/consumer/consumer)
