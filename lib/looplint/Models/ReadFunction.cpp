//===- ReadFunction.cpp - signatures, references, what is returned --------===//

#include "Reader.h"
#include "looplint/Support/QualifiedName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace looplint;
using namespace looplint::models;

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
  if (scope.hasParameter(text.split('.').first))
    return {Reference::ParameterField, text.str()};
  if (text.starts_with("*") && scope.hasRest(text.drop_front()))
    return {Reference::PackedRest, text.drop_front().str()};

  if (meaning == Meaning::Value && text.contains("::"))
    return {Reference::LibraryFunction, cppName(text)};

  llvm::StringRef field = text;
  if (!field.consume_front("self") ||
      !(field.empty() || field.consume_front("."))) {
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
  void readModule();
  void readNumber();
  void readNever();
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
  result.type =
      readName(type->string, type->place, "the type", table.complaints);
}

void ReturnedReader::readTuple() {
  if (!take(table.ask("tuple", TomlValue::Array), Returned::TupleOf))
    return;
  for (const TomlValue *type : table.strings("tuple"))
    readTypeName(*type, table.complaints, result.types);
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

void ReturnedReader::readModule() {
  const TomlValue *value = table.ask("module", TomlValue::String);
  if (!take(value, Returned::ModuleNamed))
    return;
  result.name = value->string;
  if (!scope.hasParameter(value->string))
    complainNoParameter(value->string, value->place, scope, table.complaints);
}

void ReturnedReader::readNumber() {
  const TomlValue *value = table.ask("number", TomlValue::Integer);
  if (take(value, Returned::Number))
    result.number = static_cast<std::uint32_t>(value->integer);
}

void ReturnedReader::readNever() {
  const TomlValue *value = table.ask("never", TomlValue::Boolean);
  if (take(value, Returned::Never) && !value->boolean)
    table.complain(*value, "`never` is false; expected true");
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
  readMethodsOf(table, result);
  readForm("future", Returned::FutureOf);
  readForm("element", Returned::Element);
  readModule();
  readNumber();
  readNever();
  if (const TomlValue *value = table.ask("thread", TomlValue::String))
    readThread(*value);
  result.conditions = readConditions(table, scope);
  table.finish();
  if (table.table.entries.size() == table.has("if"))
    table.complain(table.table, "`returns` is empty; expected a type");
  return result;
}

/// `returns = "self"` looks right and would name a type.
static std::string readReturnedType(const TomlValue &value, const Scope &scope,
                                    Complaints &complaints) {
  const llvm::StringRef text = value.string;
  if (text == "self" || text.starts_with("self.") || scope.hasParameter(text)) {
    complaints.add(value.place, "`" + text +
                                    "` is no type; expected `{ parameter = \"" +
                                    text + "\" }`");
    return "";
  }
  return readName(text, value.place, "the type", complaints);
}

Returned models::readReturned(const TomlValue &value, const Scope &scope,
                              Complaints &complaints) {
  if (value.kind == TomlValue::Table)
    return ReturnedReader(value, scope, complaints).read();
  if (value.kind == TomlValue::String) {
    const std::string type = readReturnedType(value, scope, complaints);
    return type.empty() ? Returned() : Returned{Returned::Instance, type};
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

std::string models::readName(llvm::StringRef written, TomlPlace place,
                             llvm::StringRef what, Complaints &complaints) {
  llvm::SmallVector<llvm::StringRef> parts;
  written.split(parts, complaints.isCpp ? "::" : ".");
  if (llvm::all_of(parts, isIdentifier))
    return complaints.isCpp ? cppName(written) : written.str();
  complaints.add(place, what + " `" + written +
                            "` is no name; expected identifiers with " +
                            (complaints.isCpp
                                 ? "`::` in between, as in \"space::name\""
                                 : "dots in between, as in "
                                   "\"package.module.name\""));
  return "";
}

void models::readTypeName(const TomlValue &value, Complaints &complaints,
                          std::vector<std::string> &result) {
  std::string type =
      value.string == anyType
          ? value.string
          : readName(value.string, value.place, "the type", complaints);
  if (!type.empty())
    result.push_back(std::move(type));
}

bool models::checkMember(llvm::StringRef name, TomlPlace place,
                         llvm::StringRef what, Complaints &complaints) {
  if (isIdentifier(name) || (complaints.isCpp && name == "~"))
    return true;
  complaints.add(place, what + " `" + name +
                            "` is no name; expected an "
                            "identifier");
  return false;
}

/// `<0>`: what a template of C++ is instantiated with.
static bool isTemplateArgument(llvm::StringRef name) {
  unsigned number = 0;
  return name.consume_front("<") && name.consume_back(">") &&
         !name.getAsInteger(10, number);
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
    bool isName = isIdentifier(name) ||
                  (table.complaints.isCpp && isTemplateArgument(name));
    if (!isName || name == "self")
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

/// One form, or several, of which the first that fits counts.
static void readReturns(TableReader &table, const Scope &scope,
                        ApiFunction &function) {
  const TomlValue *returns = table.ask("returns");
  if (!returns)
    return;
  if (returns->kind != TomlValue::Array) {
    function.returned = readReturned(*returns, scope, table.complaints);
    return;
  }
  for (const TomlValue &form : returns->elements)
    function.alternatives.push_back(
        readReturned(form, scope, table.complaints));
  if (!function.alternatives.empty() &&
      function.alternatives.back().conditions.empty()) {
    function.returned = std::move(function.alternatives.back());
    function.alternatives.pop_back();
  }
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
  function.isReady = table.boolean("ready");
  if (const TomlValue *decorates = table.ask("decorates", TomlValue::String)) {
    function.decorates = decorates->string;
    if (!scope.hasParameter(decorates->string))
      complainNoParameter(decorates->string, decorates->place, scope,
                          table.complaints);
  }
  readReturns(table, scope, function);
  function.since = table.version("since");
  function.removed = table.version("removed");
  finishRetirement(table, function);
}
