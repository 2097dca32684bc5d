# What the whole build shares: the language, the compilers that are known to work, and the libraries we build on. A tool
# that is missing or too old is said here, by name, so that nobody has to read it out of a compiler error.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

# -O2 is as fast as -O3 here and compiles faster.
foreach(language C CXX)
  string(REPLACE "-O3" "-O2" CMAKE_${language}_FLAGS_RELEASE "${CMAKE_${language}_FLAGS_RELEASE}")
endforeach()

set(remedy "`./dev build` installs what is needed and passes the right compiler.")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(oldest 12)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(oldest 16)
else()
  message(FATAL_ERROR "looplint is built with GCC or Clang, not with ${CMAKE_CXX_COMPILER_ID}. ${remedy}")
endif()
if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS oldest)
  message(FATAL_ERROR "looplint needs ${CMAKE_CXX_COMPILER_ID} ${oldest} or newer; ${CMAKE_CXX_COMPILER} is "
                      "${CMAKE_CXX_COMPILER_VERSION}. ${remedy}")
endif()

# LLVM 22 before any other version, wherever it is installed. Its package has one version per folder, so a plain
# find_package may meet an older one first and stop there. (Releases of LLVM 22 are numbered from 22.1.)
find_package(LLVM 22.1 QUIET CONFIG HINTS /usr/lib/llvm-22)
if(NOT LLVM_FOUND)
  message(FATAL_ERROR "looplint needs LLVM 22 with its headers and static libraries (Debian: llvm-22-dev); "
                      "other versions were found at: ${LLVM_CONSIDERED_CONFIGS}. ${remedy}")
endif()
find_package(Threads REQUIRED)

find_program(CCACHE ccache)
mark_as_advanced(CCACHE)
foreach(language C CXX)
  if(CCACHE AND NOT CMAKE_${language}_COMPILER_LAUNCHER)
    set(CMAKE_${language}_COMPILER_LAUNCHER ${CCACHE})
  endif()
endforeach()

if(LOOPLINT_SANITIZE)
  add_compile_options(-fsanitize=${LOOPLINT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${LOOPLINT_SANITIZE})
endif()

# LLVM's Support library, statically: the program starts in milliseconds and needs no LLVM on the machine it runs on.
# None of Clang is linked here. The archives are named as files, since the imported target would also bring zlib, zstd
# and Z3, which nothing we call needs: shared libraries to load at every start, and three more packages to install.
add_library(looplint_llvm INTERFACE)
# (A program that has LLVM's shared library, see Clang.cmake, must not have it twice.)
set(archives "$<TARGET_FILE:LLVMSupport>;$<TARGET_FILE:LLVMDemangle>")
target_link_libraries(looplint_llvm INTERFACE "$<$<NOT:$<BOOL:$<TARGET_PROPERTY:LOOPLINT_SHARED_LLVM>>>:${archives}>"
                                              Threads::Threads ${CMAKE_DL_LIBS})
target_include_directories(looplint_llvm SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
separate_arguments(definitions NATIVE_COMMAND "${LLVM_DEFINITIONS}")
list(TRANSFORM definitions REPLACE "^-D" "")
target_compile_definitions(looplint_llvm INTERFACE ${definitions})
