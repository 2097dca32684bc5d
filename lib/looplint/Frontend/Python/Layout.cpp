//===- Layout.cpp ---------------------------------------------------------===//

#include "looplint/Frontend/Python/Layout.h"

#include "Parser.h"
#include "RoughLexer.h"

#include "llvm/ADT/StringExtras.h"

namespace looplint::python {

struct Layout::Tree {
  Summary names;
  SyntaxTree syntax;
  NodeId root;
};

static bool isStatement(Kind kind) {
  if (kind >= Kind::FutureImport && kind <= Kind::ImportFrom)
    return true;
  if (kind >= Kind::PrintStatement && kind <= Kind::TypeAlias)
    return kind != Kind::Chevron;
  switch (kind) {
  case Kind::IfStatement:
  case Kind::ForStatement:
  case Kind::WhileStatement:
  case Kind::TryStatement:
  case Kind::WithStatement:
  case Kind::FunctionDefinition:
  case Kind::ClassDefinition:
  case Kind::DecoratedDefinition:
  case Kind::MatchStatement:
    return true;
  default:
    return false;
  }
}

static Statement::Kind statementKind(Kind kind) {
  switch (kind) {
  case Kind::FutureImport:
    return Statement::FutureImport;
  case Kind::Import:
    return Statement::Import;
  case Kind::ImportFrom:
    return Statement::ImportFrom;
  case Kind::FunctionDefinition:
    return Statement::Function;
  case Kind::ClassDefinition:
    return Statement::Class;
  case Kind::TryStatement:
    return Statement::Try;
  case Kind::WithStatement:
    return Statement::With;
  case Kind::IfStatement:
  case Kind::ForStatement:
  case Kind::WhileStatement:
  case Kind::MatchStatement:
    return Statement::Compound;
  default:
    return Statement::Simple;
  }
}

static ImportClause importClause(const SyntaxTree &tree, NodeId child,
                                 llvm::StringRef from) {
  NodeId alias = tree.child(child, Field::Alias);
  NodeId path = alias ? tree.child(child, Field::Name) : child;
  ImportClause clause;
  clause.span = tree.span(child);
  llvm::StringRef spelled = tree.textOf(path);
  clause.module = from.empty() ? spelled.str() : from.str();
  if (!from.empty())
    clause.name = spelled.str();
  if (alias)
    clause.bound = tree.textOf(alias).str();
  else
    clause.bound =
        from.empty() ? spelled.split('.').first.str() : spelled.str();
  return clause;
}

static std::vector<ImportClause> importsOf(const SyntaxTree &tree,
                                           NodeId node) {
  llvm::StringRef from;
  if (NodeId module = tree.child(node, Field::ModuleName))
    from = tree.textOf(module);
  std::vector<ImportClause> clauses;
  for (NodeId child : tree.children(node))
    if (tree[child].field == Field::Name)
      clauses.push_back(importClause(tree, child, from));
  return clauses;
}

/// A statement whose subtree is being read, or a block in it.
struct OpenStatement {
  std::uint32_t index;
  std::uint32_t end; // first node after its subtree
  std::uint32_t blocks = 0;
};

Layout::Layout(llvm::StringRef text)
    : text(text), tree(std::make_unique<Tree>()) {
  tree->syntax.text = text;
  Parser parser(tree->names);
  tree->root = parser.parseModule(tree->syntax, {});
  readStatements();
}

Layout::~Layout() = default;
Layout::Layout(Layout &&) noexcept = default;

static bool isString(const SyntaxTree &tree, NodeId statement) {
  NodeId only = tree.firstChild(statement);
  return only && (tree.kind(only) == Kind::String ||
                  tree.kind(only) == Kind::ConcatenatedString);
}

void Layout::readStatements() {
  const SyntaxTree &syntax = tree->syntax;
  std::vector<OpenStatement> open;
  NodeId decorated;
  for (std::uint32_t i = 0; i < syntax.nodes.size(); ++i) {
    while (!open.empty() && i >= open.back().end)
      open.pop_back();
    const Node &node = syntax.nodes[i];
    if (node.kind == Kind::Block && !open.empty())
      ++open.back().blocks;
    // An assignment and the like stand in an expression statement.
    bool isInner = (node.kind == Kind::Assignment ||
                    node.kind == Kind::AugmentedAssignment) &&
                   !open.empty() && list[open.back().index].span == node.span;
    if (!isStatement(node.kind) || isInner)
      continue;
    bool isDecorated = decorated && syntax[decorated].next >= node.next;
    if (isDecorated) {
      list.back().kind = statementKind(node.kind);
      list.back().definition = node.span;
      decorated = NodeId();
      continue;
    }
    Statement statement{.kind = statementKind(node.kind),
                        .span = node.span,
                        .definition = node.span};
    if (!open.empty()) {
      statement.parent = open.back().index;
      statement.block = open.back().blocks == 0 ? 0 : open.back().blocks - 1;
    }
    if (node.kind >= Kind::FutureImport && node.kind <= Kind::ImportFrom)
      statement.imports = importsOf(syntax, NodeId(i));
    bool isFirst = list.empty() || list.size() - 1 == statement.parent;
    if (isFirst && node.kind == Kind::ExpressionStatement &&
        isString(syntax, NodeId(i)))
      statement.kind = Statement::Docstring;
    open.push_back({static_cast<std::uint32_t>(list.size()), node.next});
    list.push_back(std::move(statement));
    if (node.kind == Kind::DecoratedDefinition)
      decorated = NodeId(i);
  }
}

std::uint32_t Layout::statementAt(std::uint32_t offset) const {
  std::uint32_t found = Statement::none;
  for (std::uint32_t i = 0; i < list.size(); ++i) {
    if (list[i].span.begin > offset)
      break;
    if (offset < list[i].span.end)
      found = i;
  }
  return found;
}

std::optional<std::uint32_t>
Layout::firstInBody(std::uint32_t statement) const {
  for (std::uint32_t i = statement + 1; i < list.size(); ++i)
    if (list[i].parent == statement && list[i].kind != Statement::Docstring)
      return i;
  return std::nullopt;
}

static std::size_t lineStart(llvm::StringRef text, std::size_t offset) {
  std::size_t before = text.take_front(offset).rfind('\n');
  return before == llvm::StringRef::npos ? 0 : before + 1;
}

llvm::StringRef Layout::indentation(std::uint32_t offset) const {
  llvm::StringRef line = text.drop_front(lineStart(text, offset));
  return line.take_while([](char c) { return c == ' ' || c == '\t'; });
}

bool Layout::hasLinesOfItsOwn(const Statement &statement) const {
  std::size_t start = lineStart(text, statement.span.begin);
  if (!text.slice(start, statement.span.begin).trim(" \t\f").empty())
    return false;
  llvm::StringRef rest =
      text.drop_front(statement.span.end).take_until([](char c) {
        return c == '\n';
      });
  rest = rest.ltrim(" \t\f\r");
  return rest.empty() || rest.front() == '#';
}

Span Layout::linesOf(const Statement &statement) const {
  std::size_t end = text.find('\n', statement.span.end);
  return {static_cast<std::uint32_t>(lineStart(text, statement.span.begin)),
          static_cast<std::uint32_t>(end == llvm::StringRef::npos ? text.size()
                                                                  : end + 1)};
}

Span Layout::withGap(Span lines) const {
  llvm::StringRef below = text.drop_front(lines.end);
  bool isGapBelow = below.trim().empty() || below.starts_with("\n") ||
                    below.starts_with("\r\n");
  std::size_t content = text.take_front(lines.begin).rtrim().size();
  std::size_t end = text.find('\n', content);
  if (isGapBelow && content > 0 && end < lines.begin)
    lines.begin = static_cast<std::uint32_t>(end + 1);
  // No file begins with empty lines.
  if (content == 0)
    lines.end +=
        static_cast<std::uint32_t>(below.size() - below.ltrim("\r\n").size());
  return lines;
}

llvm::StringRef Layout::lineEnd() const {
  std::size_t end = text.find('\n');
  bool isCrlf =
      end != llvm::StringRef::npos && end > 0 && text[end - 1] == '\r';
  return isCrlf ? "\r\n" : "\n";
}

bool Layout::needsParentheses(Span span) const {
  const SyntaxTree &syntax = tree->syntax;
  for (const Node &node : syntax.nodes) {
    if (node.span.begin > span.begin)
      break;
    if (node.span.end < span.end || node.span == span)
      continue;
    bool isPostfix = node.kind == Kind::Attribute ||
                     node.kind == Kind::Subscript || node.kind == Kind::Call;
    if (isPostfix && node.span.begin == span.begin)
      return true;
  }
  return false;
}

bool Layout::isAwaited(Span span) const {
  const SyntaxTree &syntax = tree->syntax;
  for (std::uint32_t i = 0; i < syntax.nodes.size(); ++i) {
    if (syntax.nodes[i].span.begin > span.begin)
      break;
    if (syntax.nodes[i].kind != Kind::Await)
      continue;
    NodeId operand = syntax.firstChild(NodeId(i));
    if (operand && syntax.span(operand) == span)
      return true;
  }
  return false;
}

template <typename Matches>
unsigned Layout::countAround(Span span, Matches matches) const {
  unsigned count = 0;
  std::uint32_t statement = statementAt(span.begin);
  for (const Node &node : tree->syntax.nodes) {
    if (node.span.begin > span.begin)
      break;
    bool isAround = node.span.begin <= span.begin && node.span.end >= span.end;
    count += isAround && statement != Statement::none &&
             node.span.begin >= list[statement].span.begin &&
             matches(node.kind);
  }
  return count;
}

static bool isComprehension(Kind kind) {
  return kind == Kind::ListComprehension || kind == Kind::SetComprehension ||
         kind == Kind::DictionaryComprehension;
}

static bool isDeferred(Kind kind) {
  return kind == Kind::Lambda || kind == Kind::GeneratorExpression;
}

bool Layout::isInNestedScope(Span span) const {
  return countAround(span, [](Kind kind) {
    return isComprehension(kind) || isDeferred(kind);
  });
}

bool Layout::refusesAwait(Span span) const {
  return countAround(span, isDeferred) ||
         countAround(span, isComprehension) > 1;
}

std::optional<Span> Layout::listComprehensionOf(Span element) const {
  const SyntaxTree &syntax = tree->syntax;
  for (std::uint32_t i = 0; i < syntax.nodes.size(); ++i) {
    const Node &node = syntax.nodes[i];
    if (node.span.begin > element.begin)
      break;
    if (node.kind != Kind::ListComprehension)
      continue;
    NodeId body = syntax.child(NodeId(i), Field::Body);
    if (!body || syntax.span(body) != element)
      continue;
    for (std::uint32_t inner = syntax[body].next; inner < node.next; ++inner)
      if (syntax.nodes[inner].kind == Kind::Await)
        return std::nullopt;
    bool isAsync = text.slice(element.end, node.span.end).contains("async for");
    return isAsync ? std::nullopt : std::optional(node.span);
  }
  return std::nullopt;
}

std::optional<Layout::ForHeader>
Layout::forHeader(std::uint32_t statement) const {
  const SyntaxTree &syntax = tree->syntax;
  if (statement == Statement::none ||
      list[statement].kind != Statement::Compound)
    return std::nullopt;
  for (std::uint32_t i = 0; i < syntax.nodes.size(); ++i) {
    const Node &node = syntax.nodes[i];
    if (node.kind != Kind::ForStatement || node.span != list[statement].span)
      continue;
    NodeId target = syntax.child(NodeId(i), Field::Left);
    NodeId iterable = syntax.child(NodeId(i), Field::Right);
    bool isPlain =
        text.slice(node.span.begin, node.span.end).starts_with("for") &&
        target && iterable && !syntax.child(NodeId(i), Field::Alternative);
    if (!isPlain)
      return std::nullopt;
    return ForHeader{syntax.span(target), syntax.span(iterable)};
  }
  return std::nullopt;
}

/// One of the words of a text.
static bool containsWord(llvm::StringRef text, llvm::StringRef word) {
  auto isPart = [](char c) { return llvm::isAlnum(c) || c == '_'; };
  for (std::size_t at = text.find(word); at != llvm::StringRef::npos;
       at = text.find(word, at + 1)) {
    std::size_t end = at + word.size();
    bool isWhole = (at == 0 || !isPart(text[at - 1])) &&
                   (end == text.size() || !isPart(text[end]));
    if (isWhole)
      return true;
  }
  return false;
}

bool Layout::usesName(llvm::StringRef name, llvm::ArrayRef<Span> except) const {
  const SyntaxTree &syntax = tree->syntax;
  auto isExcepted = [&](const Node &node) {
    return llvm::any_of(except, [&](Span span) {
      return span.begin < node.span.end && node.span.begin < span.end;
    });
  };
  for (std::uint32_t i = 0; i < syntax.nodes.size();) {
    const Node &node = syntax.nodes[i];
    if (node.kind >= Kind::FutureImport && node.kind <= Kind::ImportFrom) {
      i = node.next;
      continue;
    }
    bool isName =
        (node.kind == Kind::Identifier && node.field != Field::Attribute &&
         syntax.textOf(NodeId(i)) == name) ||
        (node.kind == Kind::String &&
         containsWord(syntax.textOf(NodeId(i)), name));
    if (isName && !isExcepted(node))
      return true;
    ++i;
  }
  return false;
}

std::vector<Span> Layout::commentsIn(Span span) const {
  std::vector<Span> comments;
  if (!text.slice(span.begin, span.end).contains('#'))
    return comments;
  RoughLexer lexer(text);
  for (RoughToken token = lexer.next();
       token.kind != RoughToken::End && token.span.begin < span.end;
       token = lexer.next())
    if (token.kind == RoughToken::Comment && token.span.begin >= span.begin)
      comments.push_back(token.span);
  return comments;
}

} // namespace looplint::python
