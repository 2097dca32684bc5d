//===- Decode.h - bytes of a Python file to text --------------------------===//

#ifndef LOOPLINT_SOURCE_DECODE_H
#define LOOPLINT_SOURCE_DECODE_H

#include "looplint/Source/CodeCell.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace looplint {

/// What the bytes of a file are, so that edits of its text can be written back
/// as they were.
struct Encoding {
  /// "utf-8", or the name that iconv(3) knows the encoding by.
  std::string name = "utf-8";
  /// The file begins with EF BB BF, which its text does not contain.
  bool hasByteOrderMark = false;
  /// Every line of the file ends with a CR, of which its text has made an LF.
  bool endsLinesWithReturn = false;

  bool isUtf8() const { return name == "utf-8"; }
};

/// Why there is no text. Lower case, without the path, ready for a finding.
struct DecodeError {
  std::string message;
  /// The byte of the file that it is about, 0-based; 0 where none is.
  std::uint32_t offset = 0;
};

struct DecodedText {
  Encoding encoding;
  /// Valid UTF-8 without a byte order mark and without NUL. Lines end with LF
  /// or CRLF: a CR alone, which ends a line in Python but not for everybody who
  /// reads text, has become an LF. Points into `converted`, or into the bytes
  /// that were decoded where that is null: text that needs no change is not
  /// copied.
  llvm::StringRef text;
  std::unique_ptr<llvm::MemoryBuffer> converted;
  /// Of a notebook: its code cells, in order, which make up the text.
  std::vector<CodeCell> cells;
  /// … and where their lines stand in the file, in order.
  std::vector<CellLine> cellLines;
  /// What people wrote, byte for byte as long as the text, where that is not
  /// the text itself.
  std::unique_ptr<llvm::MemoryBuffer> written;
};

/// Files above this many bytes are refused.
inline constexpr std::uint64_t maximumFileSize = 50'000'000;
DecodeError tooLarge();

/// Decodes a file as CPython's tokenizer does: a UTF-8 byte order mark, a PEP
/// 263 coding line in the first two lines, else UTF-8; what Python refuses is
/// refused here. Thread-safe.
std::variant<DecodedText, DecodeError> decode(llvm::StringRef bytes);

/// The bytes that \p text is in that encoding, with the byte order mark if it
/// has one; none where the encoding cannot express the text. Thread-safe.
std::optional<std::string> encode(llvm::StringRef text,
                                  const Encoding &encoding);

} // namespace looplint

#endif // LOOPLINT_SOURCE_DECODE_H
