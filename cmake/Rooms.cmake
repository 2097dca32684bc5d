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
  target_link_libraries(${target} ${scope} looplint_house)
  foreach(used ${room_USES})
    string(REPLACE "/" "" used ${used})
    target_link_libraries(${target} ${scope} looplint_${used})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY LOOPLINT_ROOMS ${target})
endfunction()
