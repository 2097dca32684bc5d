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
  tree.nodes.push_back(entry);

  bool isPlainString = rule.kind == Kind::String &&
                       !isFormatString(tree.text.drop_front(span.begin)) &&
                       !ts_node_has_error(node);
  return isPlainString ? Reading::Leaf : rule.reading;
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

NodeId Parser::parse(SyntaxTree &tree, Span part) {
  llvm::StringRef text = tree.text.slice(part.begin, part.end);
  TSTree *parsed = ts_parser_parse_string(
      parser, nullptr, text.data(), static_cast<std::uint32_t>(text.size()));
  NodeId root(static_cast<std::uint32_t>(tree.nodes.size()));
  Reader(tree, names, part.begin).read(parsed);
  ts_tree_delete(parsed);
  return root;
}

} // namespace looplint::python
