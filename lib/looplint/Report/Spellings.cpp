//===- Spellings.cpp - words and characters that reports show -------------===//

#include "looplint/Report/Formats.h"

#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FormatVariadic.h"

using namespace looplint;

llvm::StringRef report::spelling(Severity severity) {
  static constexpr llvm::StringLiteral words[] = {"info", "warning", "error"};
  return words[static_cast<std::size_t>(severity)];
}

llvm::StringRef report::spelling(Confidence confidence) {
  static constexpr llvm::StringLiteral words[] = {"possible", "likely",
                                                  "definite"};
  return words[static_cast<std::size_t>(confidence)];
}

llvm::StringRef report::spelling(Applicability applicability) {
  static constexpr llvm::StringLiteral words[] = {"safe", "unsafe", "display"};
  return words[static_cast<std::size_t>(applicability)];
}

std::string report::printable(llvm::StringRef text) {
  std::string result;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7F)
      result += c;
    else
      result += llvm::formatv("\\x{0:x-2}", byte).str();
  }
  return result;
}

std::string report::counted(std::size_t count, llvm::StringRef noun) {
  return llvm::formatv("{0} {1}{2}", count, noun, count == 1 ? "" : "s").str();
}
