//===- Decode.cpp - bytes of a Python file to text ------------------------===//
//
// Nearly every file is ASCII, some are UTF-8, few are anything else. So one
// pass over the bytes settles the first case at the speed of memory, and only
// what declares another encoding is converted, by iconv(3): a table of our own
// for each code page would have to be kept equal to Python's.
//
// UTF-16 is refused although it could be converted: Python does not run such a
// file, and saying so helps its author more than findings would.
//
//===----------------------------------------------------------------------===//

#include "looplint/Source/Decode.h"

#include "CodingLine.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"

#include <cerrno>
#include <cstring>
#include <iconv.h>
#include <optional>

using namespace looplint;
using llvm::StringRef;
using llvm::Twine;

static DecodeError failure(const Twine &message, std::size_t offset = 0) {
  return {.message = message.str(),
          .offset = static_cast<std::uint32_t>(offset)};
}

DecodeError looplint::tooLarge() {
  return failure("larger than " + Twine(maximumFileSize / 1'000'000) + " MB");
}

static std::string hexadecimal(char byte) {
  constexpr char digits[] = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(byte);
  return {'0', 'x', digits[value >> 4], digits[value & 15]};
}

static bool isAscii(StringRef bytes) {
  // Without an early exit the loop is vectorised; most files are ASCII.
  unsigned char seen = 0;
  for (char byte : bytes)
    seen |= static_cast<unsigned char>(byte);
  return seen < 0x80;
}

/// The first byte that is not valid UTF-8.
static std::optional<std::size_t> invalidUtf8(StringRef bytes) {
  if (isAscii(bytes))
    return std::nullopt;

  const auto *start = reinterpret_cast<const llvm::UTF8 *>(bytes.begin());
  const auto *end = reinterpret_cast<const llvm::UTF8 *>(bytes.end());
  for (const auto *at = start; at != end;) {
    // Most of the others is ASCII as well.
    if (*at < 0x80) {
      ++at;
      continue;
    }
    if (!llvm::isLegalUTF8Sequence(at, end))
      return at - start;
    at += llvm::getNumBytesForUTF8(*at);
  }
  return std::nullopt;
}

static std::optional<DecodeError> refusal(StringRef bytes) {
  if (bytes.size() > maximumFileSize)
    return tooLarge();

  using namespace std::literals;
  for (StringRef mark : {"\xFF\xFE\0\0"sv, "\0\0\xFE\xFF"sv})
    if (bytes.starts_with(mark))
      return failure("encoded in UTF-32, which Python does not read");
  for (StringRef mark : {"\xFF\xFE"sv, "\xFE\xFF"sv})
    if (bytes.starts_with(mark))
      return failure("encoded in UTF-16, which Python does not read");

  const std::size_t nul = bytes.find('\0');
  if (nul != StringRef::npos)
    return failure("contains a NUL byte, so it is no Python source", nul);
  return std::nullopt;
}

static std::optional<DecodeError> checkUtf8(StringRef text, StringRef bytes,
                                            bool isDeclared) {
  const std::optional<std::size_t> invalid = invalidUtf8(text);
  if (!invalid)
    return std::nullopt;

  const std::size_t offset = bytes.size() - text.size() + *invalid;
  return failure("byte " + hexadecimal(bytes[offset]) + " is not valid UTF-8" +
                     (isDeclared ? "" : ", and no other encoding is declared"),
                 offset);
}

static std::unique_ptr<llvm::MemoryBuffer>
makeBuffer(llvm::SmallVector<char, 0> text) {
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(
      std::move(text), /*RequiresNullTerminator=*/false);
}

/// The first CR from \p at on that no LF follows.
static std::size_t findLoneReturn(StringRef text, std::size_t at) {
  at = text.find('\r', at);
  while (at != StringRef::npos && text.substr(at + 1).starts_with("\n"))
    at = text.find('\r', at + 2);
  return at;
}

/// Makes an LF of every CR alone. All offsets stay what they are.
static DecodedText withoutLoneReturns(DecodedText decoded) {
  std::size_t at = findLoneReturn(decoded.text, 0);
  if (at == StringRef::npos)
    return decoded;

  llvm::SmallVector<char, 0> text(decoded.text.begin(), decoded.text.end());
  for (; at != StringRef::npos; at = findLoneReturn(decoded.text, at + 1))
    text[at] = '\n';
  decoded.encoding.endsLinesWithReturn = !decoded.text.contains('\n');
  decoded.converted = makeBuffer(std::move(text));
  decoded.text = decoded.converted->getBuffer();
  return decoded;
}

static std::variant<DecodedText, DecodeError>
convert(StringRef bytes, StringRef declared, StringRef encoding) {
  iconv_t converter = iconv_open("UTF-8", encoding.str().c_str());
  if (reinterpret_cast<std::intptr_t>(converter) == -1)
    return failure("this system cannot convert its encoding `" + declared +
                   "`");

  // No encoding of the table has a byte that becomes more than three, but for
  // Big5-HKSCS and the like, whose two bytes may become two code points.
  llvm::SmallVector<char, 0> text;
  text.resize_for_overwrite(bytes.size() * 4 + 16);
  char *in = const_cast<char *>(bytes.data());
  std::size_t inLeft = bytes.size();
  char *out = text.data();
  std::size_t outLeft = text.size();
  std::size_t result = iconv(converter, &in, &inLeft, &out, &outLeft);
  // Some encodings hold the last character back until they are told to end.
  if (result != static_cast<std::size_t>(-1))
    result = iconv(converter, nullptr, nullptr, &out, &outLeft);
  iconv_close(converter);

  const std::size_t offset = bytes.size() - inLeft;
  if (result == static_cast<std::size_t>(-1) && inLeft > 0)
    return failure("byte " + hexadecimal(bytes[offset]) + " is not valid in `" +
                       declared + "`, the encoding it declares",
                   offset);
  if (result == static_cast<std::size_t>(-1))
    return failure("cannot be converted from `" + declared + "`", offset);

  text.truncate(out - text.data());
  if (llvm::is_contained(text, '\0'))
    return failure("contains a NUL character, so it is no Python source");

  std::unique_ptr<llvm::MemoryBuffer> converted = makeBuffer(std::move(text));
  const StringRef contents = converted->getBuffer();
  return withoutLoneReturns({.encoding = {.name = encoding.str()},
                             .text = contents,
                             .converted = std::move(converted)});
}

std::variant<DecodedText, DecodeError> looplint::decode(StringRef bytes) {
  if (std::optional<DecodeError> error = refusal(bytes))
    return *std::move(error);

  StringRef text = bytes;
  const bool hasMark = text.consume_front("\xEF\xBB\xBF");
  const std::optional<StringRef> declared = declaredEncoding(text);
  const StringRef encoding = declared ? canonicalEncoding(*declared) : "utf-8";
  if (encoding.empty())
    return failure("unknown encoding `" + *declared + "` in the coding line",
                   declared->begin() - bytes.begin());
  if (hasMark && encoding != "utf-8")
    return failure("declares the encoding `" + *declared +
                       "` but begins with a UTF-8 byte order mark",
                   declared->begin() - bytes.begin());
  if (encoding != "utf-8")
    return convert(bytes, *declared, encoding);

  if (std::optional<DecodeError> error =
          checkUtf8(text, bytes, declared.has_value() || hasMark))
    return *std::move(error);
  return withoutLoneReturns({.encoding = {.hasByteOrderMark = hasMark},
                             .text = text,
                             .converted = nullptr});
}

std::optional<std::string> looplint::encode(StringRef text,
                                            const Encoding &encoding) {
  if (encoding.endsLinesWithReturn) {
    std::string written = text.str();
    llvm::replace(written, '\n', '\r');
    Encoding rest = encoding;
    rest.endsLinesWithReturn = false;
    return encode(written, rest);
  }
  if (encoding.isUtf8())
    return (encoding.hasByteOrderMark ? "\xEF\xBB\xBF" : "") + text.str();
  iconv_t converter = iconv_open(encoding.name.c_str(), "UTF-8");
  if (reinterpret_cast<std::intptr_t>(converter) == -1)
    return std::nullopt;
  std::string bytes(text.size() * 4 + 16, '\0');
  char *in = const_cast<char *>(text.data());
  std::size_t inLeft = text.size();
  char *out = bytes.data();
  std::size_t outLeft = bytes.size();
  std::size_t result = iconv(converter, &in, &inLeft, &out, &outLeft);
  if (result != static_cast<std::size_t>(-1))
    result = iconv(converter, nullptr, nullptr, &out, &outLeft);
  iconv_close(converter);
  // A positive result counts characters that were replaced by similar ones.
  if (result != 0)
    return std::nullopt;
  bytes.resize(bytes.size() - outLeft);
  return bytes;
}
