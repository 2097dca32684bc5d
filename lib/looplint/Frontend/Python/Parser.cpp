//===- Parser.cpp - tree-sitter's tree, read once -------------------------===//
//
// The only file that knows tree-sitter. Which symbols are kept is decided by a
// table over the grammar's symbol numbers, so that a step compares no text.
//
//===----------------------------------------------------------------------===//

#include "Parser.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"

#include <tree_sitter/api.h>

#include <ctime>
#include <limits>

extern "C" const TSLanguage *tree_sitter_python();

namespace looplint::python {
namespace {

enum class Reading : std::uint8_t { Skip, Leaf, Descend };

struct SymbolRule {
  Kind kind = Kind::Dropped;
  Reading reading = Reading::Skip;
};

struct SymbolTable {
  std::vector<SymbolRule> rules;
  std::vector<Field> fields;
};

} // namespace

static SymbolRule namedRule(llvm::StringRef spelling) {
  return llvm::StringSwitch<SymbolRule>(spelling)
#define KIND(Name, Spelling) .Case(Spelling, {Kind::Name, Reading::Descend})
#define LEAF(Name, Spelling) .Case(Spelling, {Kind::Name, Reading::Leaf})
#include "Kinds.def"
      .Default({});
}

static SymbolRule tokenRule(llvm::StringRef spelling) {
  return llvm::StringSwitch<SymbolRule>(spelling)
#define TOKEN(Name, Spelling) .Case(Spelling, {Kind::Name, Reading::Leaf})
#include "Kinds.def"
      .Default({});
}

static Field fieldNamed(llvm::StringRef name) {
  return llvm::StringSwitch<Field>(name)
      .Case("alias", Field::Alias)
      .Case("alternative", Field::Alternative)
      .Case("argument", Field::Argument)
      .Case("arguments", Field::Arguments)
      .Case("attribute", Field::Attribute)
      .Case("body", Field::Body)
      .Case("cause", Field::Cause)
      .Case("code", Field::Code)
      .Case("condition", Field::Condition)
      .Case("consequence", Field::Consequence)
      .Case("definition", Field::Definition)
      .Case("expression", Field::Expression)
      .Case("format_specifier", Field::FormatSpecifier)
      .Case("function", Field::Function)
      .Case("guard", Field::Guard)
      .Case("key", Field::Key)
      .Case("left", Field::Left)
      .Case("module_name", Field::ModuleName)
      .Case("name", Field::Name)
      .Case("object", Field::Object)
      .Case("operator", Field::Operator)
      .Case("operators", Field::Operators)
      .Case("parameters", Field::Parameters)
      .Case("return_type", Field::ReturnType)
      .Case("right", Field::Right)
      .Case("subject", Field::Subject)
      .Case("subscript", Field::Subscript)
      .Case("superclasses", Field::Superclasses)
      .Case("type", Field::Type)
      .Case("type_conversion", Field::TypeConversion)
      .Case("type_parameters", Field::TypeParameters)
      .Case("value", Field::Value)
      .Default(Field::None);
}

static SymbolTable makeSymbolTable() {
  const TSLanguage *language = tree_sitter_python();
  SymbolTable table;
  for (std::uint32_t i = 0, e = ts_language_symbol_count(language); i != e;
       ++i) {
    TSSymbol symbol = static_cast<TSSymbol>(i);
    llvm::StringRef name = ts_language_symbol_name(language, symbol);
    TSSymbolType type = ts_language_symbol_type(language, symbol);
    if (type == TSSymbolTypeRegular)
      table.rules.push_back(namedRule(name));
    else if (type == TSSymbolTypeAnonymous)
      table.rules.push_back(tokenRule(name));
    else
      table.rules.emplace_back();
  }
  table.fields.push_back(Field::None);
  for (std::uint32_t i = 1, e = ts_language_field_count(language); i <= e; ++i)
    table.fields.push_back(fieldNamed(
        ts_language_field_name_for_id(language, static_cast<TSFieldId>(i))));
  return table;
}

/// Made on first use and never changed: the same for every file and thread.
static const SymbolTable &symbolTable() {
  static const SymbolTable table = makeSymbolTable();
  return table;
}

/// Only these string prefixes can hold expressions.
static bool isFormatString(llvm::StringRef literal) {
  for (char c : literal.take_front(3)) {
    if (c == '\'' || c == '"')
      return false;
    if (c == 'f' || c == 'F' || c == 't' || c == 'T')
      return true;
  }
  return false;
}

/// Where a keyword or an operator says something that the node does not.
static bool hasTokens(Kind kind) {
  switch (kind) {
  case Kind::FunctionDefinition: // async
  case Kind::ForStatement:
  case Kind::ForInClause:
  case Kind::WithStatement:
  case Kind::Yield:        // from
  case Kind::ExceptClause: // *
  case Kind::BooleanOperator:
  case Kind::Comparison:
    return true;
  default:
    return false;
  }
}

/// What the grammar may take for the operand of a call and the like although it
/// is the operand of the star before it.
static bool bindsTighterThanStar(Kind kind) {
  switch (kind) {
  case Kind::Call:
  case Kind::Attribute:
  case Kind::Subscript:
  case Kind::BinaryOperator:
  case Kind::Comparison:
  case Kind::BooleanOperator:
  case Kind::ConditionalExpression:
    return true;
  default:
    return false;
  }
}

namespace {

class Reader {
public:
  Reader(SyntaxTree &tree, Summary &names, std::uint32_t offset)
      : tree(tree), names(names), offset(offset), table(symbolTable()) {}

  void read(TSTree *parsed);

private:
  /// A node whose children are being read; its `next` is not known yet.
  struct Open {
    std::uint32_t index;
    /// The node before it is a star that ends where this one ends.
    bool isStarred;
  };

  Reading append(const TSTreeCursor &cursor);
  Reading appendError(TSNode node, Span span);
  bool isTypeCall(Span span) const;
  void moveStar(Node &entry);
  void descend(std::uint32_t index);
  void close();
  std::uint32_t count() const {
    return static_cast<std::uint32_t>(tree.nodes.size());
  }

  SyntaxTree &tree;
  Summary &names;
  std::uint32_t offset;
  const SymbolTable &table;
  llvm::SmallVector<Open, 64> open;
  /// Where the star stands that was moved last.
  std::uint32_t movedStar = 0xFFFF'FFFF;
};

} // namespace

void Reader::read(TSTree *parsed) {
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(parsed));
  for (;;) {
    std::uint32_t index = count();
    if (append(cursor) == Reading::Descend &&
        ts_tree_cursor_goto_first_child(&cursor)) {
      descend(index);
      continue;
    }
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      if (!ts_tree_cursor_goto_parent(&cursor)) {
        ts_tree_cursor_delete(&cursor);
        return;
      }
      close();
    }
  }
}

void Reader::descend(std::uint32_t index) {
  bool isStarred = count() == index + 2;
  open.push_back({isStarred ? index + 1 : index, isStarred});
}

void Reader::close() {
  Open closed = open.pop_back_val();
  tree.nodes[closed.index].next = count();
  if (closed.isStarred)
    tree.nodes[closed.index - 1].next = count();
}

Reading Reader::append(const TSTreeCursor &cursor) {
  TSNode node = ts_tree_cursor_current_node(&cursor);
  TSSymbol symbol = ts_node_symbol(node);
  Span span = {ts_node_start_byte(node) + offset,
               ts_node_end_byte(node) + offset};

  // The error symbol is the largest number, beyond the table.
  if (symbol >= table.rules.size() ||
      (span.begin == span.end && ts_node_is_missing(node)))
    return appendError(node, span);

  SymbolRule rule = table.rules[symbol];
  if (rule.reading == Reading::Skip)
    return Reading::Skip;
  if (isToken(rule.kind) && !hasTokens(tree.nodes[open.back().index].kind))
    return Reading::Skip;

  Node entry = {.span = span,
                .next = count() + 1,
                .kind = rule.kind,
                .field =
                    table.fields[ts_tree_cursor_current_field_id(&cursor)]};
  if (rule.kind == Kind::Identifier)
    entry.name = names.intern(tree.text.slice(span.begin, span.end)).raw();
  else if (span.begin < span.end && tree.text[span.begin] == '*')
    moveStar(entry);
  else if (rule.kind == Kind::TypeAlias && isTypeCall(span))
    tree.isDoubtful = true;
  tree.nodes.push_back(entry);

  bool isPlainString = rule.kind == Kind::String &&
                       !isFormatString(tree.text.drop_front(span.begin)) &&
                       !ts_node_has_error(node);
  return isPlainString ? Reading::Leaf : rule.reading;
}

/// Whether what the grammar takes for `type X = …` is `type(x).y = …`.
bool Reader::isTypeCall(Span span) const {
  llvm::StringRef text = tree.text.slice(span.begin, span.end);
  return text.consume_front("type") && text.ltrim().starts_with("(");
}

/// The grammar reads `[*a()]` as a call of `*a`. Here the star becomes a node
/// around the call, and what the grammar took for the star's node mere
/// parentheses.
void Reader::moveStar(Node &entry) {
  std::uint32_t star = entry.span.begin;
  if (star != movedStar && !bindsTighterThanStar(entry.kind))
    return;
  if (star != movedStar) {
    movedStar = star;
    Node outer = entry;
    outer.kind = Kind::ListSplat;
    tree.nodes.push_back(outer);
    entry.field = Field::None;
    ++entry.next;
  }
  if (entry.kind == Kind::ListSplat || entry.kind == Kind::ListSplatPattern)
    entry.kind = Kind::Parenthesized;
  llvm::StringRef operand = tree.text.drop_front(star + 1).ltrim();
  entry.span.begin =
      static_cast<std::uint32_t>(operand.data() - tree.text.data());
}

Reading Reader::appendError(TSNode node, Span span) {
  if (ts_node_is_missing(node)) {
    tree.errors.push_back(
        {span, ("`" + llvm::Twine(ts_node_type(node)) + "` is missing").str()});
    return Reading::Skip;
  }
  tree.errors.push_back({span, "invalid syntax"});
  tree.nodes.push_back(
      {.span = span, .next = count() + 1, .kind = Kind::Error});
  return Reading::Descend;
}

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
  return static_cast<double>(now.tv_sec) + 1e-9 * now.tv_nsec;
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
  bytesLeft = 64 * static_cast<std::int64_t>(text.size()) + 1024 * chunkSize;
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
  Reader(tree, names, offset).read(parsed);
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

NodeId Parser::parseModule(SyntaxTree &tree) {
  auto isGood = [&](NodeId root) {
    return root && tree.errors.empty() && !tree.isDoubtful;
  };
  auto forget = [&] {
    tree.nodes.clear();
    tree.errors.clear();
    tree.isDoubtful = false;
  };
  // Once it stumbles badly there is nothing to gain from the rest: the pieces
  // will do better.
  Effort effort(tree.text.size(), 4 * std::int64_t(tree.text.size()));
  NodeId root = parse(tree, tree.text, 0, effort);
  if (isGood(root))
    return root;

  forget();
  SecondLook look = lookAgain(tree.text);
  if (tree.text != look.text) {
    root = parse(tree, look.text, 0, effort);
    if (isGood(root))
      return root;
    forget();
  }
  return parsePieces(tree, look);
}

/// Each piece is a module of its own below the root.
NodeId Parser::parsePieces(SyntaxTree &tree, const SecondLook &look) {
  Span whole = {0, static_cast<std::uint32_t>(tree.text.size())};
  tree.nodes.push_back({.span = whole, .kind = Kind::Module});
  Effort effort(tree.text.size(), std::numeric_limits<std::int64_t>::max());
  for (Span piece : look.pieces) {
    llvm::StringRef text =
        llvm::StringRef(look.text).slice(piece.begin, piece.end);
    if (!parse(tree, text, piece.begin, effort))
      tree.errors.push_back({piece, "too broken to be parsed"});
  }
  tree.nodes[0].next = static_cast<std::uint32_t>(tree.nodes.size());
  return NodeId(0);
}

} // namespace looplint::python
