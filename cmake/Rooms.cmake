# A room is a static library `looplint_<Name>` made of everything in its folder. What it may use is what it links to;
# utils/layers.txt says the same for its includes.

add_library(looplint_house INTERFACE)
target_compile_options(looplint_house INTERFACE -Wall -Wextra -Werror -fno-exceptions -fno-rtti)
target_include_directories(looplint_house INTERFACE ${PROJECT_SOURCE_DIR}/include ${PROJECT_BINARY_DIR}/include)
target_link_libraries(looplint_house INTERFACE looplint_llvm)

# looplint_room(Link USES Program Models) or looplint_room(Frontend/Python USES Program)
function(looplint_room name)
  cmake_parse_arguments(room "" "" "USES" ${ARGN})
  string(REPLACE "/" "" target looplint_${name})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_library(${target} STATIC ${sources})
  target_link_libraries(${target} PUBLIC looplint_house)
  foreach(used ${room_USES})
    string(REPLACE "/" "" used ${used})
    target_link_libraries(${target} PUBLIC looplint_${used})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY LOOPLINT_ROOMS ${target})
endfunction()
