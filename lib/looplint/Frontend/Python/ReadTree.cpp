//===- ReadTree.cpp - tree-sitter's tree into the array -------------------===//
//
// This reads the tree through tree-sitter's own headers and not through its
// cursor: every second node is punctuation, which is passed over here at the
// price of looking at one word, while the cursor computes row, column and
// number of descendants of each. It took a quarter of the time that parsing
// takes. The version of tree-sitter is pinned, and what is used of its insides
// (subtree.h) is the least that a walk needs.
//
// Hidden nodes group the visible ones for the parser's sake. Their children
// count as their parent's, and the field of a hidden node is that of each
// child that has none of its own.
//
//===----------------------------------------------------------------------===//

#include "ReadTree.h"

#include "Symbols.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

extern "C" {
#include <language.h>
#include <subtree.h>
#include <tree.h> // IWYU pragma: keep
}

namespace looplint::python {

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
  Reader(const TSTree &parsed, SyntaxTree &tree, Summary &names,
         std::uint32_t offset)
      : language(parsed.language), tree(tree), names(names),
        table(symbolTable()), at(offset) {}

  void read(Subtree root);

private:
  /// A node whose children are being read.
  struct Open {
    const Subtree *child;
    const Subtree *end;
    const TSSymbol *aliases;
    std::uint16_t production;
    /// Extras such as comments do not count.
    std::uint16_t childIndex;
    /// For children without a field: that of this hidden node.
    Field field;
    bool isHidden;
    /// The node before it is a star that ends where this one ends.
    bool isStarred;
    /// Where the innermost visible node stands in the array.
    std::uint32_t index;
  };

  void readChild(Open &parent);
  Field fieldOf(const Open &parent, unsigned childIndex) const;
  void readVisible(Subtree node, TSSymbol symbol, Field field);
  Reading append(Subtree node, SymbolRule rule, Span span, Field field);
  void readError(Subtree node, TSSymbol symbol, Span span);
  SymbolRule ruleInOriginal(SymbolRule rule, Span span) const;
  bool isTypeCall(Span span) const;
  void moveStar(Node &entry);
  void descend(Subtree node, Open opened);
  void close();
  std::uint32_t count() const {
    return static_cast<std::uint32_t>(tree.nodes.size());
  }
  /// A subtree begins with the blanks before it.
  Span spanOf(Subtree node) const {
    std::uint32_t begin = at + ts_subtree_padding(node).bytes;
    return {begin, begin + ts_subtree_size(node).bytes};
  }

  const TSLanguage *language;
  SyntaxTree &tree;
  Summary &names;
  const SymbolTable &table;
  /// The byte up to which the tree has been read.
  std::uint32_t at;
  llvm::SmallVector<Open, 64> open;
  /// Where the star stands that was moved last.
  std::uint32_t movedStar = 0xFFFF'FFFF;
};

} // namespace

void readTree(const TSTree &parsed, SyntaxTree &tree, Summary &names,
              std::uint32_t offset) {
  Reader(parsed, tree, names, offset).read(parsed.root);
}

//===----------------------------------------------------------------------===//
// The walk
//===----------------------------------------------------------------------===//

void Reader::read(Subtree root) {
  readVisible(root, ts_subtree_symbol(root), Field::None);
  while (!open.empty()) {
    if (open.back().child == open.back().end)
      close();
    else
      readChild(open.back());
  }
}

void Reader::readChild(Open &parent) {
  Subtree child = *parent.child++;
  TSSymbol symbol = ts_subtree_symbol(child);
  bool isVisible = ts_subtree_visible(child);
  bool isExtra = ts_subtree_extra(child);
  unsigned childIndex = parent.childIndex;
  if (!isExtra) {
    TSSymbol alias = parent.aliases ? parent.aliases[childIndex] : 0;
    if (alias != 0) {
      symbol = alias;
      isVisible = true;
    }
    ++parent.childIndex;
  }

  // Most nodes end here: punctuation, line ends, comments.
  bool isSkipped = isVisible && symbol < table.rules.size() &&
                   table.rules[symbol].reading == Reading::Skip &&
                   !ts_subtree_missing(child);
  bool isBare = !isVisible && ts_subtree_child_count(child) == 0;
  if (isSkipped || isBare) {
    at = spanOf(child).end;
    return;
  }

  Field field = isExtra ? Field::None : fieldOf(parent, childIndex);
  if (isVisible)
    readVisible(child, symbol, field);
  else
    descend(child, {.field = field, .isHidden = true, .index = parent.index});
}

Field Reader::fieldOf(const Open &parent, unsigned childIndex) const {
  const TSFieldMapEntry *entry = nullptr;
  const TSFieldMapEntry *end = nullptr;
  ts_language_field_map(language, parent.production, &entry, &end);
  for (; entry != end; ++entry)
    if (!entry->inherited && entry->child_index == childIndex)
      return table.fields[entry->field_id];
  return parent.field;
}

void Reader::readVisible(Subtree node, TSSymbol symbol, Field field) {
  Span span = spanOf(node);
  // The error symbol is the largest number, beyond the table.
  if (symbol >= table.rules.size() || ts_subtree_missing(node))
    return readError(node, symbol, span);

  SymbolRule rule = ruleInOriginal(table.rules[symbol], span);
  bool isDropped =
      rule.reading == Reading::Skip ||
      (isToken(rule.kind) && !hasTokens(tree.nodes[open.back().index].kind));
  std::uint32_t index = count();
  if (isDropped || append(node, rule, span, field) != Reading::Descend ||
      ts_subtree_child_count(node) == 0) {
    at = span.end;
    return;
  }
  bool isStarred = count() == index + 2;
  descend(node, {.field = Field::None,
                 .isHidden = false,
                 .isStarred = isStarred,
                 .index = isStarred ? index + 1 : index});
}

void Reader::descend(Subtree node, Open opened) {
  opened.child = ts_subtree_children(node);
  opened.end = opened.child + ts_subtree_child_count(node);
  opened.production = ts_subtree_production_id(node);
  opened.aliases = ts_language_alias_sequence(language, opened.production);
  opened.childIndex = 0;
  open.push_back(opened);
}

void Reader::close() {
  Open closed = open.pop_back_val();
  if (closed.isHidden)
    return;
  tree.nodes[closed.index].next = count();
  if (closed.isStarred)
    tree.nodes[closed.index - 1].next = count();
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

/// The grammar takes the end of the line behind a `:` for a block, and one that
/// has but comments; Python takes neither.
static bool lacksStatements(Subtree block) {
  auto isWritten = [](Subtree child) {
    return !ts_subtree_extra(child) && ts_subtree_size(child).bytes > 0;
  };
  const Subtree *children = ts_subtree_children(block);
  std::uint32_t count = ts_subtree_child_count(block);
  return count == 0 ||
         llvm::none_of(llvm::ArrayRef(children, count), isWritten);
}

Reading Reader::append(Subtree node, SymbolRule rule, Span span, Field field) {
  Node entry = {
      .span = span, .next = count() + 1, .kind = rule.kind, .field = field};
  if (rule.kind == Kind::Identifier)
    entry.name = names.intern(tree.text.slice(span.begin, span.end)).raw();
  else if (span.begin < span.end && tree.text[span.begin] == '*')
    moveStar(entry);
  else if (rule.kind == Kind::TypeAlias && isTypeCall(span))
    tree.isDoubtful = true;
  tree.nodes.push_back(entry);
  if (rule.kind == Kind::Block && lacksStatements(node))
    tree.errors.push_back({span, "a block without statements"});

  bool isPlainString = rule.kind == Kind::String &&
                       !isFormatString(tree.text.drop_front(span.begin)) &&
                       ts_subtree_error_cost(node) == 0;
  return isPlainString ? Reading::Leaf : rule.reading;
}

void Reader::readError(Subtree node, TSSymbol symbol, Span span) {
  if (ts_subtree_missing(node)) {
    const char *name = ts_language_symbol_name(language, symbol);
    tree.errors.push_back(
        {span, ("`" + llvm::Twine(name) + "` is missing").str()});
    at = span.end;
    return;
  }
  tree.errors.push_back({span, "invalid syntax"});
  std::uint32_t index = count();
  tree.nodes.push_back({.span = span, .next = index + 1, .kind = Kind::Error});
  if (ts_subtree_child_count(node) == 0)
    at = span.end;
  else
    descend(node, {.field = Field::None, .isHidden = false, .index = index});
}

/// What the second look made a number or a sign in order to have it parsed is
/// in the original a name or a star.
SymbolRule Reader::ruleInOriginal(SymbolRule rule, Span span) const {
  if (rule.kind == Kind::Integer && !llvm::isDigit(tree.text[span.begin]))
    rule.kind = Kind::Identifier;
  else if (rule.kind == Kind::UnaryOperator && tree.text[span.begin] == '*')
    rule.kind = Kind::ListSplat;
  return rule;
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

} // namespace looplint::python
