# Clang 22, for looplint-cxx alone. The shared library that clang itself uses: looplint-cxx starts in 45 ms instead of the
# 10 ms of static archives, which a translation unit of a second does not notice (both parse equally fast), and is 1 MB
# instead of 51; and the archives would need zlib's and zstd's development packages, too.

find_library(CLANG_LIBRARY NAMES clang-cpp libclang-cpp.so.22.1 HINTS ${LLVM_LIBRARY_DIRS})
find_library(LLVM_LIBRARY NAMES libLLVM.so.22.1 LLVM-22 HINTS ${LLVM_LIBRARY_DIRS} NO_DEFAULT_PATH)
find_path(CLANG_INCLUDE_DIR clang/AST/ASTContext.h HINTS ${LLVM_INCLUDE_DIRS} NO_DEFAULT_PATH)
find_program(CLANG_EXECUTABLE NAMES clang-22 clang HINTS ${LLVM_TOOLS_BINARY_DIR})
mark_as_advanced(CLANG_LIBRARY LLVM_LIBRARY CLANG_INCLUDE_DIR CLANG_EXECUTABLE)
if(NOT CLANG_LIBRARY OR NOT LLVM_LIBRARY OR NOT CLANG_INCLUDE_DIR OR NOT CLANG_EXECUTABLE)
  message(FATAL_ERROR "the C++ frontend needs Clang 22 with its headers and its shared library (Debian: clang-22 "
                      "libclang-22-dev). ${remedy}")
endif()
execute_process(COMMAND ${CLANG_EXECUTABLE} -print-resource-dir OUTPUT_VARIABLE resources
                OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)

# A target that links this must set the property LOOPLINT_SHARED_LLVM.
add_library(looplint_clang INTERFACE)
target_include_directories(looplint_clang SYSTEM INTERFACE ${CLANG_INCLUDE_DIR})
target_link_libraries(looplint_clang INTERFACE ${CLANG_LIBRARY} ${LLVM_LIBRARY})
target_compile_definitions(looplint_clang INTERFACE LOOPLINT_CLANG_RESOURCES="${resources}")
