//===- NotebookReader.h - where the code of a notebook stands -------------===//

#ifndef LOOPLINT_LIB_SOURCE_NOTEBOOKREADER_H
#define LOOPLINT_LIB_SOURCE_NOTEBOOKREADER_H

#include "JsonReader.h"
#include "looplint/Source/CodeCell.h"
#include "looplint/Source/Span.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <vector>

namespace looplint {

/// One JSON string of a cell's source.
struct SourceString {
  Span token;             // in the file, with its quotes
  Span text;              // in the joined text
  bool isElement = false; // of a list of lines
};

/// Joins the sources of the code cells.
class NotebookReader {
public:
  explicit NotebookReader(llvm::StringRef bytes) : bytes(bytes), json(bytes) {}

  /// False where the file is not valid; `json` says why.
  bool read();

  llvm::StringRef bytes;
  JsonReader json;
  llvm::SmallVector<char, 0> text;
  std::vector<CodeCell> cells;
  std::vector<CellLine> lines;
  std::vector<SourceString> strings;
  bool isPython = true;

private:
  void readCells();
  void readCell();
  void readMetadata();
  void readWorksheet();
  void appendSource();
  void appendString(bool isElement);

  bool hasCells = false;
  std::uint32_t number = 0;
  std::size_t countedTo = 0; // ends of lines in the file
  std::uint32_t fileLine = 1;
};

} // namespace looplint

#endif // LOOPLINT_LIB_SOURCE_NOTEBOOKREADER_H
