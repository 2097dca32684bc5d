//===- CppFiles.cpp - which files are C++, and their text -----------------===//

#include "looplint/Source/CppFiles.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ConvertUTF.h"

using namespace looplint;

static constexpr llvm::StringRef units[] = {"c",   "cc",  "cpp",
                                            "cxx", "c++", "C"};
static constexpr llvm::StringRef headers[] = {"h", "hh",  "hpp", "hxx", "h++",
                                              "H", "inl", "ipp", "tpp", "txx"};

/// Without a dot there is none.
static llvm::StringRef extensionOf(llvm::StringRef path) {
  std::size_t dot = path.rfind('.');
  return dot == llvm::StringRef::npos ? "" : path.drop_front(dot + 1);
}

bool looplint::isCppFile(llvm::StringRef path) {
  return llvm::is_contained(units, extensionOf(path)) || isCppHeader(path);
}

bool looplint::isCppHeader(llvm::StringRef path) {
  return llvm::is_contained(headers, extensionOf(path));
}

/// The length of the character that begins here; 0 where none does.
static unsigned characterLength(llvm::StringRef text) {
  auto *begin = reinterpret_cast<const llvm::UTF8 *>(text.begin());
  auto *end = reinterpret_cast<const llvm::UTF8 *>(text.end());
  unsigned length = llvm::getNumBytesForUTF8(*begin);
  bool isWhole = length <= text.size() &&
                 llvm::isLegalUTF8Sequence(begin, end) && *begin != 0;
  return isWhole ? length : 0;
}

/// A CR alone ends a line for nobody who compiles it, but for people.
static bool isLoneReturn(llvm::StringRef text) {
  return text.starts_with("\r") && !text.starts_with("\r\n");
}

/// A character by itself, which nothing is wrong with: nearly all are.
static bool isPlain(char byte) {
  return byte != '\0' && byte != '\r' && static_cast<unsigned char>(byte) < 128;
}

DecodedText looplint::decodeCpp(llvm::StringRef bytes) {
  DecodedText decoded;
  decoded.text = bytes;
  std::string repaired;
  for (std::size_t at = 0; at < bytes.size();) {
    if (isPlain(bytes[at])) {
      ++at;
      continue;
    }
    llvm::StringRef rest = bytes.drop_front(at);
    unsigned length = characterLength(rest);
    bool isFine = length != 0 && !isLoneReturn(rest);
    if (!isFine) {
      if (repaired.empty())
        repaired = bytes.str();
      repaired[at] = length == 0 ? '?' : '\n';
      length = 1;
    }
    at += length;
  }
  if (!repaired.empty()) {
    decoded.converted = llvm::MemoryBuffer::getMemBufferCopy(repaired);
    decoded.text = decoded.converted->getBuffer();
  }
  return decoded;
}
