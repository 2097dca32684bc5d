//===- RoughLexer.h - Python tokens, as far as brackets and lines go ------===//
//
// A second, forgiving look at a text that the grammar could not make sense of.
// It knows strings, comments, brackets and line ends and takes everything else
// for names or single characters. It cannot fail. An f-string is a string like
// any other, so one that nests its own quote comes out in pieces; those balance
// well enough for what this is used for.
//
//===----------------------------------------------------------------------===//

#ifndef LOOPLINT_FRONTEND_PYTHON_ROUGHLEXER_H
#define LOOPLINT_FRONTEND_PYTHON_ROUGHLEXER_H

#include "looplint/Source/Span.h"

#include "llvm/ADT/StringRef.h"

namespace looplint::python {

struct RoughToken {
  enum Kind : std::uint8_t {
    Name, // also keywords and numbers
    String,
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
  explicit RoughLexer(llvm::StringRef text) : text(text) {}

  RoughToken next();

private:
  RoughToken take(RoughToken::Kind kind, std::size_t size);
  std::size_t lineEndSize(llvm::StringRef rest) const;
  std::size_t stringSize(llvm::StringRef rest) const;

  llvm::StringRef text;
  std::size_t at = 0;
};

} // namespace looplint::python

#endif // LOOPLINT_FRONTEND_PYTHON_ROUGHLEXER_H
