//===- SourceFile.cpp - a file and its text -------------------------------===//

#include "looplint/Source/SourceFile.h"

#include "looplint/Source/CppFiles.h"
#include "looplint/Source/Notebook.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"

#include <cassert>
#include <system_error>
#include <utility>

using namespace looplint;
using llvm::MemoryBuffer;
using llvm::StringRef;

/// Reads what has no size of its own: a pipe, a terminal, a device. Stops after
/// the limit, or /dev/zero would never end.
static llvm::ErrorOr<std::unique_ptr<MemoryBuffer>>
readStream(llvm::sys::fs::file_t file, StringRef name) {
  constexpr std::size_t chunk = 1 << 16;
  llvm::SmallVector<char, 0> contents;
  while (contents.size() <= maximumFileSize) {
    const std::size_t size = contents.size();
    contents.resize_for_overwrite(size + chunk);
    llvm::Expected<std::size_t> count = llvm::sys::fs::readNativeFile(
        file, llvm::MutableArrayRef(contents).drop_front(size));
    if (!count)
      return llvm::errorToErrorCode(count.takeError());
    contents.truncate(size + *count);
    if (*count == 0)
      break;
  }
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(
      std::move(contents), name, /*RequiresNullTerminator=*/false);
}

static llvm::ErrorOr<std::unique_ptr<MemoryBuffer>>
readFile(StringRef path, llvm::sys::TimePoint<> &modified) {
  llvm::Expected<llvm::sys::fs::file_t> file =
      llvm::sys::fs::openNativeFileForRead(path);
  if (!file)
    return llvm::errorToErrorCode(file.takeError());

  llvm::sys::fs::file_status status;
  std::error_code error = llvm::sys::fs::status(*file, status);
  llvm::ErrorOr<std::unique_ptr<MemoryBuffer>> contents(error);
  if (!error)
    modified = status.getLastModificationTime();
  if (!error && status.type() == llvm::sys::fs::file_type::directory_file)
    contents = std::make_error_code(std::errc::is_a_directory);
  else if (!error && status.type() != llvm::sys::fs::file_type::regular_file)
    contents = readStream(*file, path);
  else if (!error && status.getSize() > maximumFileSize)
    contents = std::make_error_code(std::errc::file_too_large);
  else if (!error)
    contents = MemoryBuffer::getOpenFile(*file, path, status.getSize(),
                                         /*RequiresNullTerminator=*/false);
  if (const std::error_code failed = llvm::sys::fs::closeFile(*file))
    return failed;
  return contents;
}

SourceFile::SourceFile(std::string path, std::string diskPath)
    : shownPath(std::move(path)), filePath(std::move(diskPath)) {}

SourceFile::SourceFile(std::string path, std::unique_ptr<MemoryBuffer> buffer)
    : shownPath(std::move(path)) {
  accept(std::move(buffer));
}

SourceFile::SourceFile(std::string path, DecodeError error)
    : shownPath(std::move(path)), error(std::move(error)) {}

bool SourceFile::read() {
  if (contents || error)
    return !error;

  llvm::ErrorOr<std::unique_ptr<MemoryBuffer>> buffer =
      readFile(filePath, lastModified);
  if (buffer) {
    accept(std::move(*buffer));
    return !error;
  }

  error =
      DecodeError{.message = "cannot be read: " + buffer.getError().message()};
  return false;
}

void SourceFile::accept(std::unique_ptr<MemoryBuffer> buffer) {
  contents = std::move(buffer);
  if (isCppFile(shownPath)) {
    decoded = decodeCpp(bytes());
    return;
  }
  std::variant<DecodedText, DecodeError> result =
      isNotebook(shownPath) ? decodeNotebook(bytes()) : decode(bytes());
  if (auto *failed = std::get_if<DecodeError>(&result))
    error = std::move(*failed);
  else
    decoded = std::move(*std::get_if<DecodedText>(&result));
}

StringRef SourceFile::document() const {
  if (!isNotebook(shownPath))
    return text();
  return editedNotebook ? editedNotebook->getBuffer() : bytes();
}

void SourceFile::edit(std::string document) {
  assert(contents && !error && "only what was read can be edited");
  lineTable.reset();
  std::unique_ptr<MemoryBuffer> edited =
      MemoryBuffer::getMemBufferCopy(document, shownPath);
  if (!isNotebook(shownPath)) {
    decoded.converted = std::move(edited);
    decoded.text = decoded.converted->getBuffer();
    return;
  }
  editedNotebook = std::move(edited);
  std::variant<DecodedText, DecodeError> result =
      decodeNotebook(editedNotebook->getBuffer());
  assert(std::holds_alternative<DecodedText>(result) && "it was a notebook");
  if (auto *text = std::get_if<DecodedText>(&result))
    decoded = std::move(*text);
}

void SourceFile::release() {
  if (filePath.empty())
    return;

  lineTable.reset();
  decoded = {};
  contents.reset();
  // What could not be read stays so: a file must not change its mind within a
  // run. The next read() reports it again.
}

const LineTable &SourceFile::lines() const {
  std::scoped_lock lock(linesMutex);
  if (!lineTable) {
    lineTable = std::make_unique<LineTable>(error ? bytes() : written());
  }
  return *lineTable;
}

std::uint32_t SourceFile::fileLine(std::uint32_t offset) const {
  auto after =
      llvm::partition_point(decoded.cellLines, [offset](const CellLine &line) {
        return line.begin <= offset;
      });
  assert(after != decoded.cellLines.begin() &&
         "only notebooks have such lines");
  return std::prev(after)->fileLine;
}

const CodeCell *SourceFile::cellAt(std::uint32_t offset) const {
  auto after = llvm::partition_point(cells(), [offset](const CodeCell &cell) {
    return cell.span.begin <= offset;
  });
  return after == cells().begin() ? nullptr : std::prev(after);
}
