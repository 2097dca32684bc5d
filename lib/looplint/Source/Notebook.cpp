//===- Notebook.cpp - the cells of a notebook as one program --------------===//
//
// The cells run one after another in one namespace, so their code is joined to
// one text, and a table says which part of it is which cell. Cells that are run
// in another order than they stand in are beyond us, as they are for a reader.
//
//===----------------------------------------------------------------------===//

#include "looplint/Source/Notebook.h"

#include "Magics.h"
#include "NotebookReader.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"

using namespace looplint;
using llvm::StringRef;
using Text = llvm::SmallVector<char, 0>;

/// The kernels call it "ipython" as well.
static bool isPythonName(StringRef language) {
  return language.starts_with_insensitive("python") ||
         language.equals_insensitive("ipython");
}

void NotebookReader::appendString(bool isElement) {
  const auto begin = static_cast<std::uint32_t>(text.size());
  const bool isString = json.peek() == JsonReader::Kind::String;
  const auto token = static_cast<std::uint32_t>(json.offset);
  if (std::optional<std::string> part = json.readString())
    llvm::append_range(text, *part);
  if (isString)
    strings.push_back(
        {.token = {token, static_cast<std::uint32_t>(json.offset)},
         .text = {begin, static_cast<std::uint32_t>(text.size())},
         .isElement = isElement});
  fileLine += static_cast<std::uint32_t>(
      bytes.slice(countedTo, json.offset).count('\n'));
  countedTo = json.offset;
  lines.push_back({begin, fileLine});
}

/// Source is a string, or an array of strings, one for each line.
void NotebookReader::appendSource() {
  if (json.peek() == JsonReader::Kind::Array)
    json.readArray([&] { appendString(/*isElement=*/true); });
  else
    appendString(/*isElement=*/false);
}

/// What a text is made of elsewhere as well: no NUL, and a CR only before LF.
static void normalize(llvm::MutableArrayRef<char> text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\0')
      text[i] = ' ';
    if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))
      text[i] = '\n';
  }
}

void NotebookReader::readCell() {
  ++number;
  bool isCode = false;
  bool isOtherLanguage = false;
  const std::size_t begin = text.size();
  const std::size_t linesBefore = lines.size();
  const std::size_t stringsBefore = strings.size();
  json.readObject([&](StringRef key) {
    if (key == "cell_type")
      isCode = json.readString() == "code";
    else if (key == "source" || key == "input")
      appendSource();
    else if (key == "language") // of a cell of nbformat 3
      isOtherLanguage = !isPythonName(json.readString().value_or("python"));
    else
      json.skipValue();
  });
  if (!isCode || isOtherLanguage || text.size() == begin) {
    text.truncate(begin);
    lines.resize(linesBefore);
    strings.resize(stringsBefore);
    return;
  }

  if (text.back() != '\n')
    text.push_back('\n');
  normalize(llvm::MutableArrayRef(text).drop_front(begin));
  cells.push_back({.number = number,
                   .span = {static_cast<std::uint32_t>(begin),
                            static_cast<std::uint32_t>(text.size())}});
}

void NotebookReader::readCells() {
  hasCells = json.peek() == JsonReader::Kind::Array;
  json.readArray([&] { readCell(); });
}

/// nbformat 2 and 3 have sheets of cells; nobody ever had more than one.
void NotebookReader::readWorksheet() {
  json.readObject([&](StringRef key) {
    if (key == "cells")
      readCells();
    else
      json.skipValue();
  });
}

void NotebookReader::readMetadata() {
  auto readLanguage = [&](StringRef wanted) {
    json.readObject([&](StringRef key) {
      if (key != wanted)
        return json.skipValue();
      if (std::optional<std::string> language = json.readString())
        isPython &= isPythonName(*language);
    });
  };
  json.readObject([&](StringRef key) {
    if (key == "kernelspec")
      readLanguage("language");
    else if (key == "language_info")
      readLanguage("name");
    else
      json.skipValue();
  });
}

bool NotebookReader::read() {
  json.readObject([&](StringRef key) {
    if (key == "cells")
      readCells();
    else if (key == "worksheets")
      json.readArray([&] { readWorksheet(); });
    else if (key == "metadata")
      readMetadata();
    else
      json.skipValue();
  });
  json.expectEnd();
  if (!json.failure && !hasCells)
    json.failure = "it has no cells";
  return !json.failure;
}

static std::unique_ptr<llvm::MemoryBuffer> makeBuffer(Text text) {
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(
      std::move(text), /*RequiresNullTerminator=*/false);
}

std::variant<DecodedText, DecodeError>
looplint::decodeNotebook(StringRef bytes) {
  if (bytes.size() > maximumFileSize)
    return tooLarge();
  NotebookReader notebook(bytes);
  notebook.json.offset = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  if (!notebook.read())
    return DecodeError{
        .message = std::string("is no notebook: ") + notebook.json.failure,
        .offset = static_cast<std::uint32_t>(notebook.json.offset)};
  if (!notebook.isPython)
    return DecodedText();

  DecodedText decoded;
  Text python = notebook.text;
  bool mayAwait = true;
  for (CodeCell &cell : notebook.cells) {
    // What a cell says of `await` is true from the next one on.
    cell.mayAwait = mayAwait;
    replaceMagics(llvm::MutableArrayRef(python).slice(
                      cell.span.begin, cell.span.end - cell.span.begin),
                  mayAwait);
  }
  decoded.cells = std::move(notebook.cells);
  decoded.cellLines = std::move(notebook.lines);
  decoded.written = makeBuffer(std::move(notebook.text));
  decoded.converted = makeBuffer(std::move(python));
  decoded.text = decoded.converted->getBuffer();
  return decoded;
}
