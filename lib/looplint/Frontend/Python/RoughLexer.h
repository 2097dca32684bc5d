//===- RoughLexer.h - Python tokens, as far as brackets and lines go ------===//
//
// A second, forgiving look at a text that the grammar could not make sense of.
// It knows strings, comments, brackets and line ends and takes everything else
// for names or single characters. It cannot fail.
//
// An f-string that ends where it should comes as its tokens: pieces of text as
// strings, braces as brackets, and what stands between them like any other
// code. Any other f-string is one string.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_ROUGHLEXER_H
#define LOOPLINT_FRONTEND_PYTHON_ROUGHLEXER_H

#include "looplint/Source/Span.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace looplint::python {

struct RoughToken {
  enum Kind : std::uint8_t {
    Name,   // also keywords and numbers
    String, // or a piece of one
    Comment,
    Open,
    Close,
    LineEnd,
    Joiner, // a backslash and the line end after it
    Other,  // one character
    End
  };
  Kind kind = End;
  Span span;
};

/// Part of a name, a keyword or a number.
bool isNameByte(char c);

class RoughLexer {
public:
  explicit RoughLexer(llvm::StringRef text)
      : text(text), patience(8 * text.size()) {}

  RoughToken next();

private:
  /// An f-string that is open, or one of its fields.
  struct Open {
    enum Kind : std::uint8_t { Text, Field, Format } kind = Text;
    char quote = 0;
    bool isTriple = false;
    bool isRaw = false;
    unsigned depth = 0; // Field: how many brackets are open in it
  };

  RoughToken take(RoughToken::Kind kind, std::size_t size);
  RoughToken takeInText();
  RoughToken takeString(std::size_t quoteAt);
  RoughToken takeOpen();
  RoughToken takeClose();
  bool closesText(llvm::StringRef rest) const;
  bool endsPiece(llvm::StringRef rest) const;
  bool endsAsItShould(const Open &string, std::size_t body);
  bool isInText() const {
    return !open.empty() && open.back().kind != Open::Field;
  }

  llvm::StringRef text;
  std::size_t at = 0;
  llvm::SmallVector<Open, 4> open;
  /// How many bytes may be read in search of the ends of f-strings. Those that
  /// have none would be read to the end of the text each.
  std::size_t patience;
  /// An f-string was broken off.
  bool isBroken = false;
};

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_ROUGHLEXER_H
