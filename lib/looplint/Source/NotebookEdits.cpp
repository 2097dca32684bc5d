//===- NotebookEdits.cpp - changes of cells, back in the notebook ---------===//
//
// A cell's source is one string, or a list of strings for its lines. Of the
// former the characters that change are replaced, of the latter the lines that
// do; everything else in the file stays as its editor wrote it.
//
//===----------------------------------------------------------------------===//

#include "NotebookReader.h"
#include "looplint/Source/Notebook.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

using namespace looplint;
using llvm::StringRef;

namespace {

class NotebookEditor {
public:
  NotebookEditor(StringRef bytes, llvm::ArrayRef<TextChange> changes)
      : bytes(bytes), changes(changes), notebook(bytes) {}

  std::optional<std::string> edit();

private:
  bool editCell(const CodeCell &cell);
  std::string encode(StringRef text) const;
  void replaceStrings(llvm::ArrayRef<SourceString> strings, StringRef text);
  std::string separatorOf(const SourceString &string) const;

  StringRef bytes;
  llvm::ArrayRef<TextChange> changes;
  NotebookReader notebook;
  /// By place in the file, in order.
  std::vector<TextChange> inFile;
};

} // namespace

/// As a JSON string, with its quotes. Whether letters beyond ASCII are escaped
/// is the file's habit.
std::string NotebookEditor::encode(StringRef text) const {
  bool isAscii = llvm::all_of(
      bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  std::string json = "\"";
  auto escape = [&](unsigned unit) {
    json += "\\u" + llvm::utohexstr(unit, /*LowerCase=*/true, /*Width=*/4);
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (c == '\n') {
      json += "\\n";
    } else if (c == '\r') {
      json += "\\r";
    } else if (c == '\t') {
      json += "\\t";
    } else if (byte < 0x20) {
      escape(byte);
    } else if (byte < 0x80 || !isAscii) {
      json += c;
    } else {
      unsigned length = llvm::getNumBytesForUTF8(byte);
      llvm::SmallVector<llvm::UTF16, 2> units;
      llvm::convertUTF8ToUTF16String(text.substr(i, length), units);
      for (llvm::UTF16 unit : units)
        escape(unit);
      i += length - 1;
    }
  }
  return json + "\"";
}

/// What stands between two elements of the list: a comma and a new line.
std::string NotebookEditor::separatorOf(const SourceString &string) const {
  std::size_t before =
      bytes.take_front(string.token.begin).find_last_not_of(" \t\r\n");
  if (before == StringRef::npos)
    return ", ";
  return "," + bytes.slice(before + 1, string.token.begin).str();
}

/// Writes \p text in the place of the tokens, which follow each other.
void NotebookEditor::replaceStrings(llvm::ArrayRef<SourceString> strings,
                                    StringRef text) {
  std::string written;
  if (!strings.front().isElement) {
    written = encode(text);
  } else {
    std::string separator = separatorOf(strings.front());
    while (!text.empty()) {
      std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
      written +=
          (written.empty() ? "" : separator) + encode(text.take_front(end));
      text = text.drop_front(end);
    }
    if (written.empty())
      written = "\"\"";
  }
  inFile.push_back(
      {{strings.front().token.begin, strings.back().token.end}, written});
}

/// Rewrites the lines of the cell that change; false where a change reaches
/// beyond it.
bool NotebookEditor::editCell(const CodeCell &cell) {
  llvm::SmallVector<const TextChange *, 4> here;
  for (const TextChange &change : changes) {
    bool isLast = cell.span.end == notebook.text.size();
    bool isHere = cell.span.begin <= change.span.begin &&
                  (change.span.begin < cell.span.end || isLast);
    if (isHere && change.span.end > cell.span.end)
      return false;
    if (isHere)
      here.push_back(&change);
  }
  if (here.empty())
    return true;
  auto inCell = [&](const SourceString &string) {
    return cell.span.begin <= string.text.begin &&
           string.text.begin < cell.span.end;
  };
  llvm::SmallVector<SourceString, 16> strings;
  llvm::copy_if(notebook.strings, std::back_inserter(strings), inCell);
  // The change may stand behind the last line's end, which may be ours.
  auto touches = [&](const SourceString &string) {
    bool isLast = string.text.begin == strings.back().text.begin;
    return llvm::any_of(here, [&](const TextChange *change) {
      return change->span.begin < string.text.end + (isLast ? 2 : 0) &&
             (change->span.end > string.text.begin ||
              change->span.begin == string.text.begin);
    });
  };
  const SourceString *first = llvm::find_if(strings, touches);
  if (first == strings.end())
    return false;
  const SourceString *last = first;
  for (const SourceString &string : strings)
    if (touches(string))
      last = &string;

  StringRef text(notebook.text.data(), notebook.text.size());
  bool isEnd = last + 1 == strings.end();
  std::uint32_t end = isEnd ? cell.span.end : last->text.end;
  std::string result;
  std::uint32_t done = first->text.begin;
  for (const TextChange *change : here) {
    result += text.slice(done, change->span.begin);
    result += change->text;
    done = change->span.end;
  }
  result += text.slice(done, end);
  bool hasOurEnd = isEnd && last->text.end < cell.span.end;
  if (hasOurEnd && StringRef(result).ends_with("\n"))
    result.pop_back();
  replaceStrings(llvm::ArrayRef(first, last + 1), result);
  return true;
}

std::optional<std::string> NotebookEditor::edit() {
  notebook.json.offset = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  if (!notebook.read())
    return std::nullopt;
  for (const CodeCell &cell : notebook.cells)
    if (!editCell(cell))
      return std::nullopt;
  std::string result;
  std::size_t done = 0;
  for (const TextChange &change : inFile) {
    result += bytes.slice(done, change.span.begin);
    result += change.text;
    done = change.span.end;
  }
  return result + bytes.drop_front(done).str();
}

std::optional<std::string>
looplint::editNotebook(StringRef bytes, llvm::ArrayRef<TextChange> changes) {
  return NotebookEditor(bytes, changes).edit();
}
