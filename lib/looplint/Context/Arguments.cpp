//===- Arguments.cpp - what is passed to which parameter -----------------===//

#include "Interpreter.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

/// Whether the callee is a parameter, or something taken from one.
bool Interpreter::comesThroughParameter(ValueId callee) {
  for (unsigned i = 0; callee && i < 8; ++i) {
    const Value &value = summary.value(callee);
    if (value.kind == ValueKind::Local)
      return value.a < function.parameters.size() &&
             !(value.a == 0 && function.classOfMethod);
    if (value.kind == ValueKind::Outer) {
      FunctionKind kind =
          solver.facts(program.key(file, FunctionId(value.a))).definition->kind;
      return kind == FunctionKind::Plain || kind == FunctionKind::Lambda;
    }
    if (value.kind != ValueKind::Element && value.kind != ValueKind::Item)
      return false;
    callee = ValueId(value.a);
  }
  return false;
}

/// What `*[f(x) for x in y]` passes, any number of times; invalid for all else.
/// Such a list is nobody else's, so it need not become an object, of which only
/// few are told apart.
SetId Interpreter::comprehended(const Argument &argument) {
  const Value &list = summary.value(argument.value);
  if (argument.kind != Argument::Unpacked || list.kind != ValueKind::List ||
      list.a != 1)
    return SetId();
  SetId all = atoms.emptySet();
  for (ValueId operand : summary.operandsOf(list))
    all = atoms.join(all, evaluate(operand));
  return all;
}

CallArguments Interpreter::collectArguments(const Operation &op) {
  CallArguments collected;
  for (const Argument &argument : summary.argumentsOf(op)) {
    SetId elements = comprehended(argument);
    SetId value = elements ? atoms.emptySet() : evaluate(argument.value);
    llvm::ArrayRef<AtomId> members = atoms.members(value);
    switch (argument.kind) {
    case Argument::Positional:
      if (!collected.rest)
        collected.positional.push_back(value);
      else
        collected.rest = atoms.join(collected.rest, value);
      break;
    case Argument::Keyword:
      collected.keywords.emplace_back(symbolOf(argument.name), value);
      break;
    case Argument::Unpacked:
      if (members.size() == 1 && atoms[members[0]].kind == AtomKind::Tuple &&
          !collected.rest)
        llvm::append_range(collected.positional,
                           atoms[SequenceId(atoms[members[0]].a)]);
      else
        collected.rest =
            atoms.join(collected.rest ? collected.rest : atoms.emptySet(),
                       elements ? elements : element(value, noPosition));
      break;
    case Argument::UnpackedKeywords:
      if (members.size() == 1 && atoms[members[0]].kind == AtomKind::Keywords)
        llvm::append_range(collected.keywords,
                           atoms[ArgumentsId(atoms[members[0]].a)].keywords);
      else
        collected.restKeywords = atoms.anything();
      break;
    }
  }
  llvm::sort(collected.keywords);
  return collected;
}

CallArguments Interpreter::concatenated(ArgumentsId first,
                                        const CallArguments &second) {
  CallArguments all = atoms[first];
  if (all.rest)
    for (SetId value : second.positional)
      all.rest = atoms.join(all.rest, value);
  else
    llvm::append_range(all.positional, second.positional);
  for (auto [name, value] : second.keywords) {
    llvm::erase_if(all.keywords,
                   [&](const auto &known) { return known.first == name; });
    all.keywords.emplace_back(name, value);
  }
  llvm::sort(all.keywords);
  if (second.rest)
    all.rest = second.rest;
  if (second.restKeywords)
    all.restKeywords = second.restKeywords;
  return all;
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// What tells argument lists apart: numbers and texts do not, but where C++
/// names what is Python's.
SetId Interpreter::forKey(SetId value) {
  SetId projected = atoms.withoutConstants(value);
  if (projected == value || summary.language != Language::Cpp ||
      !solver.cppNamesPython)
    return projected;
  for (AtomId id : atoms.members(value))
    if (atoms[id].kind == AtomKind::String)
      projected = atoms.join(projected, atoms.only(id));
  return projected;
}

FrameId Interpreter::calleeFrame(FunctionKey callee, FrameId parent,
                                 AtomId receiver,
                                 const CallArguments &arguments) {
  const Summary &text = program.summary(solver.facts(callee).file);
  FileId where = solver.facts(callee).file;
  const Function &definition = *solver.facts(callee).definition;
  llvm::SmallVector<SetId, 8> positional;
  if (receiver)
    positional.push_back(atoms.only(receiver));
  llvm::append_range(positional, arguments.positional);

  llvm::SmallVector<SetId, 8> bound;
  llvm::SmallVector<bool, 8> used(arguments.keywords.size(), false);
  std::size_t next = 0;
  for (const Parameter &parameter : text.parametersOf(definition)) {
    SetId value;
    Symbol name = program.symbol(where, parameter.name);
    if (parameter.kind == Parameter::Rest) {
      llvm::SmallVector<SetId, 4> members;
      unsigned depth = 0;
      for (; next < positional.size(); ++next) {
        members.push_back(positional[next]);
        depth = std::max(depth, atoms.depthAbove(positional[next]));
      }
      value = arguments.rest
                  ? atoms.anything()
                  : atoms.only({.kind = AtomKind::Tuple,
                                .depth = static_cast<std::uint8_t>(depth),
                                .a = atoms.sequence(members).index()});
      bound.push_back(value);
      continue;
    }
    if (parameter.kind == Parameter::RestKeywords) {
      CallArguments others;
      unsigned depth = 0;
      for (std::size_t i = 0; i < used.size(); ++i) {
        if (used[i])
          continue;
        others.keywords.push_back(arguments.keywords[i]);
        depth = std::max(depth, atoms.depthAbove(arguments.keywords[i].second));
      }
      value = arguments.restKeywords
                  ? atoms.anything()
                  : atoms.only({.kind = AtomKind::Keywords,
                                .depth = static_cast<std::uint8_t>(depth),
                                .a = atoms.arguments(others).index()});
      bound.push_back(value);
      continue;
    }
    if (parameter.kind != Parameter::KeywordOnly && next < positional.size())
      value = positional[next++];
    for (std::size_t i = 0; i < used.size() && !value; ++i) {
      if (arguments.keywords[i].first != name)
        continue;
      used[i] = true;
      value = arguments.keywords[i].second;
    }
    if (!value && arguments.rest && parameter.kind != Parameter::KeywordOnly)
      value = arguments.rest;
    const bool isGiven = static_cast<bool>(value);
    if (!value && parameter.defaultValue)
      value = evaluateIn(parent, parameter.defaultValue);
    // `**settings` may hold it.
    if (value && parameter.defaultValue && arguments.restKeywords && !isGiven)
      value = atoms.join(value, atoms.anything());
    if (!value)
      value = atoms.anything();
    if (atoms.mayBeAnything(value) && parameter.annotation)
      if (SetId typed = annotated(parent, parameter.annotation);
          typed != atoms.emptySet())
        value = value == atoms.anything() ? typed : atoms.join(value, typed);
    bool isText = bound.size() < 64 &&
                  (solver.facts(callee).comparedToText >> bound.size() & 1) &&
                  atoms.members(value).size() == 1 &&
                  atoms[atoms.members(value)[0]].kind == AtomKind::String;
    bound.push_back(isText ? value : forKey(value));
  }
  SequenceId given = atoms.sequence(bound);
  FrameId target = solver.frame(callee, parent, std::move(bound));
  // Beyond a number of argument lists the callee does not see its own.
  if (state.loops.open != atoms.emptySet() &&
      result.frames[target.index()].arguments != given)
    letGo(arguments);
  return target;
}
