//===- Symbols.cpp --------------------------------------------------------===//

#include "Symbols.h"

#include "llvm/ADT/StringSwitch.h"

#include <tree_sitter/api.h>

extern "C" const TSLanguage *tree_sitter_python();

namespace looplint::python {

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

const SymbolTable &symbolTable() {
  static const SymbolTable table = makeSymbolTable();
  return table;
}

bool hasTokens(Kind kind) {
  switch (kind) {
  case Kind::FunctionDefinition: // async
  case Kind::ForStatement:
  case Kind::ForInClause:
  case Kind::WithStatement:
  case Kind::Yield:        // from
  case Kind::ExceptClause: // *
  case Kind::BooleanOperator:
  case Kind::BinaryOperator: // |
  case Kind::Comparison:
    return true;
  default:
    return false;
  }
}

} // namespace looplint::python
