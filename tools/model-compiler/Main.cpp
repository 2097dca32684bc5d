//===- Main.cpp - looplint-model-compiler OUTPUT MODEL... -----------------===//
//
// Part of the build: writes the built-in models as a C++ source file. What is
// wrong with a model fails the build, in the words that users see for theirs.
//
//===----------------------------------------------------------------------===//

#include "Compile.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <memory>
#include <vector>

using namespace looplint::models;

/// With `error: ` in front of each line, as compilers say it.
static int fail(llvm::Error error) {
  llvm::handleAllErrors(std::move(error), [](const llvm::ErrorInfoBase &one) {
    llvm::errs() << "error: " << one.message() << '\n';
  });
  return 1;
}

static llvm::Expected<std::string> compile(llvm::ArrayRef<const char *> paths) {
  std::vector<std::unique_ptr<llvm::MemoryBuffer>> buffers;
  std::vector<llvm::MemoryBufferRef> files;
  for (const char *path : paths) {
    llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
        llvm::MemoryBuffer::getFile(path);
    if (!buffer)
      return llvm::createFileError(path, buffer.getError());
    files.push_back((*buffer)->getMemBufferRef());
    buffers.push_back(std::move(*buffer));
  }
  return compileModels(files);
}

int main(int argc, char **argv) {
  if (argc < 2) {
    llvm::errs() << "usage: looplint-model-compiler OUTPUT MODEL...\n";
    return 2;
  }
  llvm::Expected<std::string> image =
      compile(llvm::ArrayRef<const char *>(argv + 2, argv + argc));
  if (!image)
    return fail(image.takeError());

  const auto write = [&](llvm::raw_ostream &out) {
    out << imageAsSource(*image);
    return llvm::Error::success();
  };
  if (llvm::Error error = llvm::writeToOutput(argv[1], write))
    return fail(std::move(error));
  return 0;
}
