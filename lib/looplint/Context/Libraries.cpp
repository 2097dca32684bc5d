//===- Libraries.cpp - calls of library functions: what they return -------===//

#include "Blocking.h"
#include "Interpreter.h"
#include "Shown.h"

#include <utility>

using namespace looplint;

SetId Interpreter::callLibrary(const LibraryCall &call) {
  const ApiFunction &api = call.api;
  if (!api.decorates.empty()) {
    SetId decorated = parameterValue(api.decorates, call);
    bool isDecorator =
        decorated == atoms.emptySet() ||
        llvm::all_of(atoms.members(decorated), [&](AtomId id) {
          AtomKind kind = atoms[id].kind;
          return kind == AtomKind::None || kind == AtomKind::Integer ||
                 kind == AtomKind::Data || kind == AtomKind::String;
        });
    if (isDecorator)
      return decoratorOf(call);
  }
  if (!givesCoroutine(call))
    return applyLibrary(call);

  // Arguments are bound when the call is made, whatever becomes of it.
  for (const Effect &effect : api.effects)
    if (effect.kind == EffectKind::Retired)
      applyRetired(effect, call);
  AtomId callee =
      call.self
          ? atoms.atom({.kind = AtomKind::ApiMethod,
                        .depth = atoms[call.self].depth,
                        .a = atoms.index(&api),
                        .b = call.self.index()})
          : atoms.atom({.kind = AtomKind::ApiFunction, .a = atoms.index(&api)});
  return boundCall(AtomKind::Coroutine, callee, call.arguments);
}

/// Whether the call has to be awaited, and does nothing before.
bool Interpreter::givesCoroutine(const LibraryCall &call) {
  return llvm::any_of(call.api.effects, [&](const Effect &effect) {
    if (effect.kind != EffectKind::Coroutine || !holds(effect.conditions, call))
      return false;
    bool runsItself =
        effect.needsRunning && state.context.running != Running::Yes;
    return !runsItself;
  });
}

/// `@task(retries=3)`: the call waits for what it decorates.
SetId Interpreter::decoratorOf(const LibraryCall &call) {
  AtomId callee = call.self ? atoms.atom({.kind = AtomKind::ApiMethod,
                                          .depth = atoms[call.self].depth,
                                          .a = atoms.index(&call.api),
                                          .b = call.self.index()})
                            : atoms.atom({.kind = AtomKind::ApiFunction,
                                          .a = atoms.index(&call.api)});
  CallArguments kept = call.arguments;
  kept.positional.clear();
  kept.rest = SetId();
  Symbol name = program.symbols.intern(call.api.decorates);
  llvm::erase_if(kept.keywords,
                 [&](const auto &known) { return known.first == name; });
  return boundCall(AtomKind::Partial, callee, kept);
}

/// A callee with arguments: a coroutine object or a partial application.
SetId Interpreter::boundCall(AtomKind kind, AtomId callee,
                             const CallArguments &arguments) {
  unsigned depth = atoms[callee].depth + 1U;
  for (SetId value : arguments.positional)
    depth = std::max(depth, atoms.depthAbove(value));
  for (auto [name, value] : arguments.keywords)
    depth = std::max(depth, atoms.depthAbove(value));
  if (depth > Atoms::deepestAtom)
    return atoms.anything();
  return atoms.only({.kind = kind,
                     .depth = static_cast<std::uint8_t>(depth),
                     .a = callee.index(),
                     .b = atoms.arguments(arguments).index()});
}

/// Each of the callables with the arguments bound to it; itself without any.
SetId Interpreter::partialOf(SetId callables, const CallArguments &arguments) {
  if (arguments == CallArguments())
    return callables;
  SetId all = atoms.emptySet();
  for (AtomId id : atoms.members(callables))
    all = atoms.join(all, boundCall(AtomKind::Partial, id, arguments));
  return all;
}

/// Runs a library function: its effects in order, then its result.
SetId Interpreter::applyLibrary(const LibraryCall &call) {
  if (call.self && atoms[call.self].kind == AtomKind::Object)
    if (const ApiType *type = solver.constructedBy(call.api))
      storeConstructorArguments(*type, ObjectId(atoms[call.self].a),
                                call.arguments);
  if (call.self && atoms[call.self].kind == AtomKind::Object &&
      heap[ObjectId(atoms[call.self].a)].isLoopBound)
    noteUse(call);
  SetId outerResult = std::exchange(handedResult, SetId());
  SetId value = applyEffects(call);
  handedResult = outerResult;
  return value;
}

SetId Interpreter::applyEffects(const LibraryCall &call) {
  SetId fromEffects;
  const Effect *waited = nullptr;
  for (const Effect &effect : call.api.effects) {
    if (!holds(effect.conditions, call))
      continue;
    if (SetId value = apply(effect, call))
      fromEffects = fromEffects ? atoms.join(fromEffects, value) : value;
    if (!state.isReachable)
      return atoms.emptySet();
    if (effect.kind == EffectKind::WaitsFor)
      waited = &effect;
  }
  if (waited)
    Blocking(*this).finishAwaited(*waited, call);
  auto form =
      llvm::find_if(call.api.alternatives, [&](const Returned &alternative) {
        return holds(alternative.conditions, call);
      });
  const Returned &returned =
      form == call.api.alternatives.end() ? call.api.returned : *form;
  SetId value = returnedBy(call, returned);
  return returned.kind == Returned::Unknown && fromEffects ? fromEffects
                                                           : value;
}

//===----------------------------------------------------------------------===//
// References
//===----------------------------------------------------------------------===//

/// The positional arguments from that one on, and what `*` passes.
static llvm::SmallVector<SetId, 4> passedFrom(std::size_t position,
                                              const CallArguments &arguments) {
  llvm::ArrayRef<SetId> all = arguments.positional;
  llvm::SmallVector<SetId, 4> members(
      all.drop_front(std::min(position, all.size())));
  if (arguments.rest)
    members.push_back(arguments.rest);
  return members;
}

SetId Interpreter::parameterValue(const std::string &name,
                                  const LibraryCall &call) {
  const CallArguments &arguments = call.arguments;
  std::size_t position = 0;
  for (const ModelParameter &parameter : call.api.parameters) {
    if (parameter.name != name) {
      position += !parameter.keywordOnly && !parameter.isRest &&
                  !parameter.isRestKeywords;
      continue;
    }
    if (parameter.isRest)
      return sequenceOf(passedFrom(position, arguments));
    if (!parameter.keywordOnly && position < arguments.positional.size())
      return arguments.positional[position];
    Symbol symbol = program.symbols.intern(name);
    for (auto [keyword, value] : arguments.keywords)
      if (keyword == symbol)
        return value;
    return arguments.rest && !parameter.keywordOnly ? arguments.rest
                                                    : atoms.emptySet();
  }
  return atoms.emptySet();
}

SetId Interpreter::sequenceOf(llvm::ArrayRef<SetId> members) {
  unsigned depth = 0;
  for (SetId member : members)
    depth = std::max(depth, atoms.depthAbove(member));
  return atoms.only({.kind = AtomKind::Tuple,
                     .depth = static_cast<std::uint8_t>(depth),
                     .a = atoms.sequence(members).index()});
}

SetId Interpreter::resolve(const Reference &reference,
                           const LibraryCall &call) {
  switch (reference.kind) {
  case Reference::Parameter: {
    std::size_t position = 0;
    for (const ModelParameter &known : call.api.parameters) {
      if (known.isRest && known.name == reference.name)
        return llvm::accumulate(
            passedFrom(position, call.arguments), atoms.emptySet(),
            [&](SetId all, SetId each) { return atoms.join(all, each); });
      position += !known.keywordOnly && !known.isRest && !known.isRestKeywords;
    }
    return parameterValue(reference.name, call);
  }
  case Reference::PackedRest:
    return parameterValue(reference.name, call);
  case Reference::LibraryFunction:
    return external(reference.name);
  case Reference::ParameterField: {
    auto [parameter, field] = llvm::StringRef(reference.name).split('.');
    return fieldOf(parameterValue(parameter.str(), call), field, call);
  }
  case Reference::Receiver:
    return call.self ? atoms.only(call.self) : atoms.emptySet();
  case Reference::ReceiverField:
    if (!call.self)
      return atoms.emptySet();
    if (llvm::StringRef(reference.name).ends_with("}"))
      return fieldOf(atoms.only(call.self), reference.name, call);
    if (llvm::StringRef(reference.name).ends_with("*"))
      return methodsLike(call.self, reference.name);
    return storedOrOverridden(call.self,
                              program.symbols.intern(reference.name));
  default:
    return atoms.emptySet();
  }
}

llvm::StringRef looplint::nameInSignature(llvm::StringRef text) {
  auto [name, parameters] = text.split('(');
  return parameters.empty() ? text : name.ltrim("0123456789").trim();
}

/// The field, or with "{name}" the one that the text in a parameter names.
SetId Interpreter::fieldOf(SetId holders, llvm::StringRef field,
                           const LibraryCall &call) {
  SetId all = atoms.emptySet();
  if (!field.consume_front("{")) {
    auto [name, inside] = field.split('.');
    all = attribute(holders, program.symbols.intern(name));
    // Of a table, of any of its rows.
    for (; !inside.empty(); inside = inside.split('.').second)
      all = attribute(Shown(*this).anyRow(all),
                      program.symbols.intern(inside.split('.').first));
  } else {
    SetId names = parameterValue(field.drop_back().str(), call);
    for (AtomId id : atoms.members(names))
      if (atoms[id].kind == AtomKind::String) {
        llvm::StringRef text = program.symbols[Symbol(atoms[id].a)];
        Symbol name = program.symbols.intern(nameInSignature(text));
        all = atoms.join(all, attribute(holders, name));
      }
  }
  return all == atoms.anything() ? atoms.emptySet() : all;
}

/// A field, or a method; empty where the receiver has neither.
SetId Interpreter::storedOrOverridden(AtomId receiver, Symbol name) {
  SetId found = attributeOf(receiver, name);
  return found == atoms.anything() ? atoms.emptySet() : found;
}

/// All methods of the receiver's own classes whose names start like that, and
/// what was put in the place of its hooks.
SetId Interpreter::methodsLike(AtomId receiver, llvm::StringRef pattern) {
  AtomId type = atoms[receiver].kind == AtomKind::Object
                    ? heap[ObjectId(atoms[receiver].a)].type
                    : AtomId();
  if (!type)
    return atoms.emptySet();
  SetId all = element(atoms.only(receiver), noPosition);
  for (AtomId id : llvm::SmallVector<AtomId, 4>(linearise(type))) {
    if (atoms[id].kind != AtomKind::Class)
      continue;
    ClassKey key(atoms[id].a);
    const Summary &text = program.summary(program.fileOf(key));
    const Function &body = text.function(program.classOf(key).body);
    for (const Variable &variable : text.variablesOf(body)) {
      llvm::StringRef name = text.string(variable.name);
      if (name.starts_with(pattern.drop_back()))
        all = atoms.join(
            all, inClass(type, receiver, program.symbols.intern(name), false));
    }
  }
  return all;
}

CallArguments Interpreter::handedArguments(const Effect &effect,
                                           const LibraryCall &call) {
  CallArguments handed;
  if (effect.arguments) {
    SetId value = effect.arguments.kind == Reference::Parameter
                      ? parameterValue(effect.arguments.name, call)
                      : resolve(effect.arguments, call);
    llvm::ArrayRef<AtomId> members = atoms.members(value);
    if (members.size() == 1 && atoms[members[0]].kind == AtomKind::Tuple)
      llvm::append_range(handed.positional,
                         atoms[SequenceId(atoms[members[0]].a)]);
    else if (!members.empty())
      handed.rest = element(value, noPosition);
  }
  for (const Reference &each : effect.passed) {
    SetId value = resolve(each, call);
    handed.positional.push_back(value == atoms.emptySet() ? atoms.anything()
                                                          : value);
  }
  if (!effect.keywords)
    return handed;
  bool isRest = llvm::any_of(call.api.parameters, [&](const auto &known) {
    return known.isRestKeywords && known.name == effect.keywords.name;
  });
  if (!isRest) {
    SetId value = resolve(effect.keywords, call);
    llvm::ArrayRef<AtomId> members = atoms.members(value);
    if (members.size() == 1 && atoms[members[0]].kind == AtomKind::Keywords)
      handed.keywords = atoms[ArgumentsId(atoms[members[0]].a)].keywords;
    else if (!members.empty())
      handed.restKeywords = atoms.anything();
    return handed;
  }
  for (auto [name, value] : call.arguments.keywords) {
    llvm::StringRef spelling = program.symbols[name];
    bool isNamed = llvm::any_of(call.api.parameters, [&](const auto &known) {
      return known.name == spelling;
    });
    if (!isNamed)
      handed.keywords.emplace_back(name, value);
  }
  handed.restKeywords = call.arguments.restKeywords;
  return handed;
}
