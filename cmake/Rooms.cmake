# A room is a static library `looplint_<Name>` made of everything in its folder. What it may use is what it links to;
# utils/layers.txt says the same for its includes.

add_library(looplint_house INTERFACE)
# Off: designated initialisers leave out what keeps its default; Clang calls the std::stable_sort of GCC 12's library
# deprecated for what it does inside; GCC 12 takes an empty std::optional for an uninitialised one, and a move that says
# which error is given up for a redundant one.
target_compile_options(looplint_house INTERFACE
  -Wall -Wextra -Werror -fno-exceptions -fno-rtti -Wno-missing-field-initializers -Wno-deprecated-declarations
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-redundant-move>)
target_include_directories(looplint_house INTERFACE ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include)
target_link_libraries(looplint_house INTERFACE looplint_llvm)

# To read these takes more than half of the time that most of our files take to compile, so they are read once. Not with
# ccache, which remembers results better without.
set(looplint_common_headers
  <algorithm> <cstdint> <map> <memory> <optional> <string> <tuple> <utility> <vector>
  <llvm/ADT/DenseMap.h> <llvm/ADT/DenseSet.h> <llvm/ADT/STLExtras.h> <llvm/ADT/SmallString.h> <llvm/ADT/StringExtras.h>
  <llvm/ADT/StringMap.h> <llvm/Support/Error.h> <llvm/Support/FormatVariadic.h> <llvm/Support/raw_ostream.h>)

# looplint_room(Link USES Program Models) or looplint_room(Frontend/Python USES Program)
function(looplint_room name)
  cmake_parse_arguments(room "" "" "USES" ${ARGN})
  string(REPLACE "/" "" target looplint_${name})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(kind STATIC)
  set(scope PUBLIC)
  if(NOT sources) # a room of headers alone
    set(kind INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(${target} ${kind} ${sources})
  if(CCACHE OR NOT sources)
    # as it is
  elseif(TARGET looplint_Support)
    target_precompile_headers(${target} REUSE_FROM looplint_Support)
  else()
    target_precompile_headers(${target} PRIVATE ${looplint_common_headers})
  endif()
  target_link_libraries(${target} ${scope} looplint_house)
  foreach(used ${room_USES})
    string(REPLACE "/" "" used ${used})
    target_link_libraries(${target} ${scope} looplint_${used})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY LOOPLINT_ROOMS ${target})
endfunction()
