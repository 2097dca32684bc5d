//===- Parser.cpp - tree-sitter, within bounds ----------------------------===//

#include "Parser.h"

#include "ReadTree.h"

#include <tree_sitter/api.h>

#include <ctime>
#include <limits>

extern "C" const TSLanguage *tree_sitter_python();

namespace looplint::python {

Parser::Parser(Summary &names) : names(names), parser(ts_parser_new()) {
  [[maybe_unused]] bool isCompatible =
      ts_parser_set_language(parser, tree_sitter_python());
  assert(isCompatible && "the grammar and the core are of different versions");
}

Parser::~Parser() { ts_parser_delete(parser); }

//===----------------------------------------------------------------------===//
// Bounded effort
//===----------------------------------------------------------------------===//

static double secondsOfThread() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         1e-9 * static_cast<double>(now.tv_nsec);
}

/// Recovering from errors may take tree-sitter time that grows with the square
/// of what is broken, and so does its scanner on endless joined lines. Where it
/// can be, that is measured in what the parser does, so that the outcome is the
/// same on every machine; the clock is for texts that nobody wrote by hand.
struct Parser::Effort {
  /// The text of one parse.
  llvm::StringRef text;
  /// How many bytes the lexer may still ask for.
  std::int64_t bytesLeft = 0;
  /// When to stop, in seconds that this thread has run.
  double deadline = 0;
  /// How many bytes of broken text may still be walked over.
  std::int64_t brokenBytesLeft = 0;
  /// Where the broken stretch began that the parser is in.
  std::uint32_t brokenSince = 0;
  unsigned reports = 0;
  /// Progress reports since the parser was last in an error.
  unsigned calmReports = longCalm;

  static constexpr unsigned longCalm = 4;
  static constexpr std::uint32_t chunkSize = 16 * 1024;

  explicit Effort(std::size_t size, std::int64_t brokenBytes)
      : deadline(secondsOfThread() + 2 + 2e-6 * static_cast<double>(size)),
        brokenBytesLeft(brokenBytes) {}

  bool isSpent() {
    // Asking for the time is dear.
    bool isTimeToAsk = ++reports % 64 == 0;
    return bytesLeft < 0 || brokenBytesLeft < 0 ||
           (isTimeToAsk && secondsOfThread() > deadline);
  }
  void setText(llvm::StringRef newText);
  static const char *read(void *self, std::uint32_t offset, TSPoint,
                          std::uint32_t *size);
  static bool report(TSParseState *state);
};

void Parser::Effort::setText(llvm::StringRef newText) {
  text = newText;
  bytesLeft = 64 * static_cast<std::int64_t>(text.size()) +
              std::int64_t{1024} * chunkSize;
  calmReports = longCalm;
}

const char *Parser::Effort::read(void *self, std::uint32_t offset, TSPoint,
                                 std::uint32_t *size) {
  Effort &effort = *static_cast<Effort *>(self);
  llvm::StringRef chunk = effort.text.drop_front(offset).take_front(chunkSize);
  effort.bytesLeft -= static_cast<std::int64_t>(chunk.size());
  *size = static_cast<std::uint32_t>(chunk.size());
  return chunk.data();
}

/// Called by tree-sitter every hundred steps; true stops it.
bool Parser::Effort::report(TSParseState *state) {
  Effort &effort = *static_cast<Effort *>(state->payload);
  if (!state->has_error) {
    ++effort.calmReports;
    return effort.isSpent();
  }
  std::uint32_t at = state->current_byte_offset;
  if (effort.calmReports >= longCalm)
    effort.brokenSince = at;
  effort.calmReports = 0;
  effort.brokenBytesLeft -= at - std::min(at, effort.brokenSince);
  return effort.isSpent();
}

NodeId Parser::parse(SyntaxTree &tree, llvm::StringRef text,
                     std::uint32_t offset, Effort &effort) {
  effort.setText(text);
  TSInput input = {.payload = &effort,
                   .read = Effort::read,
                   .encoding = TSInputEncodingUTF8,
                   .decode = nullptr};
  TSTree *parsed = ts_parser_parse_with_options(
      parser, nullptr, input,
      {.payload = &effort, .progress_callback = Effort::report});
  if (!parsed) {
    ts_parser_reset(parser);
    return {};
  }
  NodeId root(static_cast<std::uint32_t>(tree.nodes.size()));
  readTree(*parsed, tree, names, offset);
  // A small part may be one of thousands. The module's tree goes with all the
  // rest of the memory, which is faster than to free its nodes.
  if (text.size() < tree.text.size())
    ts_tree_delete(parsed);
  return root;
}

//===----------------------------------------------------------------------===//
// Entry points
//===----------------------------------------------------------------------===//

NodeId Parser::parsePart(SyntaxTree &tree, Span part) {
  Effort effort(part.end - part.begin, part.end - part.begin);
  return parse(tree, tree.text.slice(part.begin, part.end), part.begin, effort);
}

/// A line that ends as it did on old Macs, which the grammar does not know.
static bool hasLoneReturn(llvm::StringRef text) {
  for (std::size_t at = text.find('\r'); at != llvm::StringRef::npos;
       at = text.find('\r', at + 1))
    if (!text.drop_front(at + 1).starts_with("\n"))
      return true;
  return false;
}

/// tree-sitter's tree takes fifty times the memory of its text. Beyond this
/// size a file is parsed in batches, each of which reuses the memory of the one
/// before.
static constexpr std::size_t largestWhole = 1024UL * 1024;
static constexpr std::size_t batchSize = 256UL * 1024;

/// A second look at each cell by itself: none knows where another one ends.
static SecondLook lookAgainAtCells(llvm::StringRef text,
                                   llvm::ArrayRef<CodeCell> cells) {
  SecondLook look;
  for (const CodeCell &cell : cells) {
    SecondLook part = lookAgain(text.slice(cell.span.begin, cell.span.end));
    look.text += part.text;
    for (Span piece : part.pieces)
      look.pieces.push_back(
          {piece.begin + cell.span.begin, piece.end + cell.span.begin});
  }
  return look;
}

NodeId Parser::parseModule(SyntaxTree &tree, llvm::ArrayRef<CodeCell> cells) {
  bool isSmall = tree.text.size() <= largestWhole;
  if (isSmall && !hasLoneReturn(tree.text))
    if (NodeId root = parseWhole(tree, tree.text))
      return root;
  SecondLook look =
      cells.empty() ? lookAgain(tree.text) : lookAgainAtCells(tree.text, cells);
  if (!isSmall)
    if (NodeId root = parsePieces(tree, look, batchSize); isGood(tree))
      return root;
  if (!isSmall || tree.text != look.text)
    if (NodeId root = parseWhole(tree, look.text))
      return root;
  return parsePieces(tree, look, 0);
}

bool Parser::isGood(const SyntaxTree &tree) {
  return tree.errors.empty() && !tree.isDoubtful;
}

void Parser::forget(SyntaxTree &tree) {
  tree.nodes.clear();
  tree.errors.clear();
  tree.isDoubtful = false;
}

/// Invalid, with nothing left of the attempt, unless all is well.
NodeId Parser::parseWhole(SyntaxTree &tree, llvm::StringRef text) {
  forget(tree);
  // Once it stumbles badly there is nothing to gain from the rest: the pieces
  // will do better.
  Effort effort(text.size(), 4 * static_cast<std::int64_t>(text.size()));
  NodeId root = parse(tree, text, 0, effort);
  if (root && isGood(tree))
    return root;
  forget(tree);
  return {};
}

/// Parses the pieces apart, or as many together as make up \p atLeast bytes.
/// Each parse gives a module of its own below the root.
NodeId Parser::parsePieces(SyntaxTree &tree, const SecondLook &look,
                           std::size_t atLeast) {
  forget(tree);
  Span whole = {0, static_cast<std::uint32_t>(tree.text.size())};
  tree.nodes.push_back({.span = whole, .kind = Kind::Module});
  Effort effort(tree.text.size(), std::numeric_limits<std::int64_t>::max());
  std::uint32_t begin = 0;
  for (Span piece : look.pieces) {
    if (piece.end - begin < atLeast && piece.end != whole.end)
      continue;
    llvm::StringRef text = llvm::StringRef(look.text).slice(begin, piece.end);
    if (!parse(tree, text, begin, effort))
      tree.errors.push_back({{begin, piece.end}, "too broken to be parsed"});
    begin = piece.end;
  }
  tree.nodes[0].next = static_cast<std::uint32_t>(tree.nodes.size());
  return NodeId(0);
}

} // namespace looplint::python
