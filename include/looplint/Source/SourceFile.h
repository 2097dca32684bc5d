//===- SourceFile.h - a file and its text ---------------------------------===//
//
// The bytes of a file stay as they are on disk, usually mapped and not copied;
// the text is a part of them wherever the file is UTF-8. Reading is a step of
// its own, so that a table of all files exists before the first is opened,
// files can be read in parallel, and the memory of a file that turned out to
// be irrelevant can be given back.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_SOURCE_SOURCEFILE_H
#define LOOPLINT_SOURCE_SOURCEFILE_H

#include "looplint/Source/Decode.h"
#include "looplint/Source/LineTable.h"
#include "looplint/Source/Span.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Chrono.h"
#include "llvm/Support/MemoryBuffer.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace looplint {

/// Different files may be used by different threads. On one file, read() and
/// release() need it alone; everything else is thread-safe between them.
class SourceFile {
public:
  /// A file on disk, not read yet. \p path is what findings show, \p diskPath
  /// what the file is opened by.
  SourceFile(std::string path, std::string diskPath);

  /// Contents that did not come from the disk, such as standard input.
  SourceFile(std::string path, std::unique_ptr<llvm::MemoryBuffer> buffer);

  /// A path that never can be read: say, a folder without permission.
  SourceFile(std::string path, DecodeError error);

  /// Opens and decodes the file, unless that was done. True if there is a text
  /// now; else failure() says why there is none.
  bool read();

  /// Gives the contents back; text(), bytes() and lines() are invalid until
  /// the next read(). Does nothing where there is no file to read again.
  void release();

  /// What the file is to contain: the text; of a notebook all of its JSON.
  llvm::StringRef document() const;
  /// Makes \p document that of a file that was read. It must be what decode()
  /// promises, or a notebook. bytes() stays what it is on disk.
  void edit(std::string document);

  /// Relative to the working directory where it lies under it, with `/`.
  llvm::StringRef path() const { return shownPath; }
  /// Absolute; empty where there is no file.
  llvm::StringRef diskPath() const { return filePath; }

  /// Valid UTF-8 without a byte order mark; empty on failure.
  llvm::StringRef text() const { return decoded.text; }
  /// The file as it is on disk. But for notebooks, where encoding().isUtf8() it
  /// has the same bytes at the same places as text(), but for the byte order
  /// mark in front and each CR alone, which is an LF in text().
  llvm::StringRef bytes() const {
    return contents ? contents->getBuffer() : llvm::StringRef();
  }
  /// The code cells of a notebook, which make up its text; empty for other
  /// files.
  llvm::ArrayRef<CodeCell> cells() const { return decoded.cells; }
  /// What people wrote: of the same length as text(), which in notebooks has
  /// something else in the place of what only IPython understands.
  llvm::StringRef written() const {
    return decoded.written ? decoded.written->getBuffer() : text();
  }
  /// The code cell that byte \p offset of the text lies in, or null.
  const CodeCell *cellAt(std::uint32_t offset) const;
  /// The line of the notebook's file (1-based) that this byte stands in.
  std::uint32_t fileLine(std::uint32_t offset) const;
  /// When the file was last changed before it was read.
  llvm::sys::TimePoint<> modified() const { return lastModified; }
  const Encoding &encoding() const { return decoded.encoding; }
  const std::optional<DecodeError> &failure() const { return error; }

  /// Made at the first call, of the text as people wrote it. Of a file that
  /// could not be decoded it is the table of the bytes, so that the failure has
  /// a line and a column.
  const LineTable &lines() const;
  LineColumn position(std::uint32_t offset) const {
    return lines().position(offset);
  }

private:
  void accept(std::unique_ptr<llvm::MemoryBuffer> buffer);

  std::string shownPath;
  std::string filePath;
  std::unique_ptr<llvm::MemoryBuffer> contents;
  std::unique_ptr<llvm::MemoryBuffer> editedNotebook;
  llvm::sys::TimePoint<> lastModified;
  DecodedText decoded;
  std::optional<DecodeError> error;

  mutable std::mutex linesMutex;
  mutable std::unique_ptr<LineTable> lineTable;
};

} // namespace looplint

#endif // LOOPLINT_SOURCE_SOURCEFILE_H
