//===- ReadFunction.cpp - signatures, references, what is returned --------===//

#include "Reader.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace looplint;
using namespace looplint::models;

bool Scope::hasParameter(llvm::StringRef name) const {
  return llvm::any_of(parameters, [&](const ModelParameter &parameter) {
    return parameter.name == name;
  });
}

//===----------------------------------------------------------------------===//
// References
//===----------------------------------------------------------------------===//

static void complainNoReference(llvm::StringRef written, TomlPlace place,
                                std::vector<llvm::StringRef> others,
                                const Scope &scope, Complaints &complaints) {
  std::vector<llvm::StringRef> known;
  for (const ModelParameter &parameter : scope.parameters)
    known.emplace_back(parameter.name);
  llvm::append_range(known, others);
  const std::string remedy = known.empty() ? "; there are no `parameters`"
                                           : suggestion(written, known);
  complaints.add(place, "`" + written + "` is no parameter" + remedy);
}

void models::complainNoParameter(llvm::StringRef name, TomlPlace place,
                                 const Scope &scope, Complaints &complaints) {
  complainNoReference(name, place, {}, scope, complaints);
}

/// What a reference can be apart from a parameter.
static std::vector<llvm::StringRef> otherReferences(Meaning meaning,
                                                    const Scope &scope) {
  std::vector<llvm::StringRef> result;
  if (scope.hasReceiver)
    result.emplace_back("self");
  if (meaning == Meaning::Loop)
    for (const Spelled<Reference::Kind> &loop : loopSpellings)
      result.push_back(loop.text);
  return result;
}

Reference models::readReference(const TomlValue &value, Meaning meaning,
                                const Scope &scope, Complaints &complaints) {
  const llvm::StringRef text = value.string;
  if (meaning == Meaning::Loop)
    if (std::optional<Reference::Kind> loop =
            valueOf(Spellings<Reference::Kind>(loopSpellings), text))
      return {*loop, ""};

  if (scope.hasParameter(text))
    return {Reference::Parameter, text.str()};

  llvm::StringRef field = text;
  const bool startsWithSelf = field.consume_front("self");
  if (!startsWithSelf || !(field.empty() || field.consume_front("."))) {
    complainNoReference(text, value.place, otherReferences(meaning, scope),
                        scope, complaints);
    return {};
  }
  if (!scope.hasReceiver) {
    complaints.add(value.place, "`" + text +
                                    "` in a function, which has no receiver; "
                                    "expected a parameter");
    return {};
  }
  if (text == "self")
    return {Reference::Receiver, ""};
  return {Reference::ReceiverField, field.str()};
}

//===----------------------------------------------------------------------===//
// What is returned
//===----------------------------------------------------------------------===//

namespace {

class ReturnedReader {
public:
  ReturnedReader(const TomlValue &value, const Scope &scope,
                 Complaints &complaints)
      : scope(scope), table(value, "`returns`", complaints) {}

  Returned read();

private:
  void readType();
  void readTuple();
  void readLoop(const TomlValue *value);
  void readParameter(const TomlValue &value);
  void readForm(llvm::StringRef key, Returned::Kind kind);
  void readThread(const TomlValue &value);
  /// Complains where a second form is given.
  bool take(const TomlValue *value, Returned::Kind kind);
  Reference reference(const TomlValue &value, Meaning meaning) {
    return readReference(value, meaning, scope, table.complaints);
  }

  const Scope &scope;
  TableReader table;
  Returned result;
};

} // namespace

bool ReturnedReader::take(const TomlValue *value, Returned::Kind kind) {
  if (!value)
    return false;
  if (result.kind != Returned::Unknown) {
    table.complain(*value, "`returns` in two forms; expected one of them");
    return false;
  }
  result.kind = kind;
  return true;
}

void ReturnedReader::readType() {
  const TomlValue *type = table.ask("type", TomlValue::String);
  if (!take(type, Returned::Instance))
    return;
  checkName(type->string, type->place, "the type", table.complaints);
  result.type = type->string;
}

void ReturnedReader::readTuple() {
  if (!take(table.ask("tuple", TomlValue::Array), Returned::TupleOf))
    return;
  for (const TomlValue *type : table.strings("tuple"))
    if (checkName(type->string, type->place, "the type", table.complaints))
      result.types.push_back(type->string);
}

/// `loop` says whose loop an object works for, or is what is returned.
void ReturnedReader::readLoop(const TomlValue *value) {
  if (!value)
    return;
  bool isOwner =
      result.kind == Returned::Instance || result.kind == Returned::TupleOf;
  if (!isOwner && !take(value, Returned::Loop))
    return;
  if (value->string == "new")
    result.loop = {Reference::FreshLoop, ""};
  else
    result.loop = reference(*value, Meaning::Loop);
}

void ReturnedReader::readParameter(const TomlValue &value) {
  if (!take(&value, Returned::Parameter))
    return;
  result.reference = reference(value, Meaning::Value);
  if (result.reference.kind == Reference::Receiver)
    result.kind = Returned::Receiver;
  if (result.reference.kind == Reference::ReceiverField)
    result.kind = Returned::ReceiverField;
}

void ReturnedReader::readForm(llvm::StringRef key, Returned::Kind kind) {
  const TomlValue *value = table.ask(key, TomlValue::String);
  if (take(value, kind))
    result.reference = reference(*value, Meaning::Value);
}

void ReturnedReader::readThread(const TomlValue &value) {
  static constexpr Spelled<Returned::Kind> threads[] = {
      {"current", Returned::CurrentThread}, {"main", Returned::MainThread}};
  const Returned::Kind kind =
      table.enumerator("thread", threads, Returned::CurrentThread);
  take(&value, kind);
}

Returned ReturnedReader::read() {
  readType();
  readTuple();
  readLoop(table.ask("loop", TomlValue::String));
  if (const TomlValue *value = table.ask("parameter", TomlValue::String))
    readParameter(*value);
  readForm("awaited", Returned::AwaitedOf);
  readForm("called", Returned::CallOf);
  readForm("result", Returned::ResultOf);
  readForm("results", Returned::ResultsOf);
  readForm("property", Returned::PropertyOf);
  readForm("pairs", Returned::PairsOf);
  readForm("partial", Returned::Partial);
  readForm("same_as", Returned::SameCallable);
  readForm("element", Returned::Element);
  if (const TomlValue *value = table.ask("thread", TomlValue::String))
    readThread(*value);
  table.finish();
  if (table.table.entries.empty())
    table.complain(table.table, "`returns` is empty; expected a type");
  return result;
}

/// `returns = "self"` looks right and would name a type.
static bool checkReturnedType(const TomlValue &value, const Scope &scope,
                              Complaints &complaints) {
  const llvm::StringRef text = value.string;
  if (text == "self" || text.starts_with("self.") || scope.hasParameter(text)) {
    complaints.add(value.place, "`" + text +
                                    "` is no type; expected `{ parameter = \"" +
                                    text + "\" }`");
    return false;
  }
  return checkName(text, value.place, "the type", complaints);
}

Returned models::readReturned(const TomlValue &value, const Scope &scope,
                              Complaints &complaints) {
  if (value.kind == TomlValue::Table)
    return ReturnedReader(value, scope, complaints).read();
  if (value.kind == TomlValue::String) {
    if (!checkReturnedType(value, scope, complaints))
      return {};
    return {Returned::Instance, value.string, {}, {}, {}};
  }
  complaints.add(value.place, "`returns` is " + describe(value.kind) +
                                  "; expected a type's name or a table");
  return {};
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

static bool isIdentifier(llvm::StringRef text) {
  if (text.empty() || llvm::isDigit(text.front()))
    return false;
  return llvm::all_of(text, [](char c) {
    return llvm::isAlnum(c) || c == '_' || static_cast<unsigned char>(c) > 127;
  });
}

bool models::checkName(llvm::StringRef name, TomlPlace place,
                       llvm::StringRef what, Complaints &complaints) {
  llvm::SmallVector<llvm::StringRef> parts;
  name.split(parts, '.');
  if (llvm::all_of(parts, isIdentifier))
    return true;
  complaints.add(place, what + " `" + name +
                            "` is no name; expected identifiers with dots in "
                            "between, as in \"package.module.name\"");
  return false;
}

static std::vector<ModelParameter> readParameters(TableReader &table) {
  std::vector<ModelParameter> result;
  bool keywordOnly = false;
  for (const TomlValue *value : table.strings("parameters")) {
    llvm::StringRef name = value->string;
    // What comes before `/` is positional only: nothing that models speak of.
    if (name == "/")
      continue;
    if (name == "*") {
      keywordOnly = true;
      continue;
    }
    ModelParameter parameter;
    parameter.isRestKeywords = name.consume_front("**");
    parameter.isRest = !parameter.isRestKeywords && name.consume_front("*");
    parameter.keywordOnly = keywordOnly && !parameter.isRestKeywords;
    keywordOnly |= parameter.isRest;
    parameter.name = name.str();
    if (!isIdentifier(name) || name == "self")
      table.complain(*value, "`" + value->string +
                                 "` is no parameter; expected a name, "
                                 "`*name`, `**name` or `*`, without `self`");
    else if (Scope{result}.hasParameter(name))
      table.complain(*value, "parameter `" + name + "` is named twice");
    else
      result.push_back(std::move(parameter));
  }
  return result;
}

void models::readCallable(TableReader &table, bool hasReceiver,
                          ApiFunction &function) {
  function.parameters = readParameters(table);
  const Scope scope = {function.parameters, hasReceiver};

  for (std::size_t index = 0; index < effectKinds; ++index)
    table.ask(spelling(static_cast<EffectKind>(index)));
  // In the order of the file, since effects happen one after the other.
  std::vector<Effect> &effects = function.effects;
  for (const TomlEntry &entry : table.table.entries)
    if (std::optional<EffectKind> kind = effectKind(entry.key))
      readEffects(*kind, entry.value, scope, table.complaints, effects);
  function.isCoroutine = llvm::any_of(effects, [](const Effect &effect) {
    return effect.kind == EffectKind::Coroutine && effect.conditions.empty();
  });

  function.isProperty = table.boolean("property");
  if (const TomlValue *decorates = table.ask("decorates", TomlValue::String)) {
    function.decorates = decorates->string;
    if (!scope.hasParameter(decorates->string))
      complainNoParameter(decorates->string, decorates->place, scope,
                          table.complaints);
  }
  if (const TomlValue *returns = table.ask("returns"))
    function.returned = readReturned(*returns, scope, table.complaints);
  function.since = table.version("since");
  function.removed = table.version("removed");
}
