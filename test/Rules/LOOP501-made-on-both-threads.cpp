// What one program makes on its main thread and another one on a worker, where each uses it.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands src -std=c++20 -I%t/include
// RUN: not %looplint check --no-cache --output-format=concise src | FileCheck %s --implicit-check-not='{{error|warning}}:'

//--- include/qt.h
#pragma once
#include <functional>
class QThread;
class QObject {
public:
  QObject(QObject *parent = nullptr);
  virtual ~QObject();
  void moveToThread(QThread *thread);
  template <typename Sender, typename Signal, typename Receiver, typename Slot> static void connect(const Sender *sender, Signal signal, const Receiver *receiver, Slot slot) {}
};
class QTcpServer : public QObject {
public:
  QTcpServer(QObject *parent = nullptr);
  bool listen(int address, int port);
  void close();
};
class QThread : public QObject {
public:
  void start();
  void started();
  void quit();
  bool wait();
};
class QCoreApplication : public QObject {
public:
  QCoreApplication(int &argc, char **argv);
  static int exec();
};
//--- src/core.h
#pragma once
#include <qt.h>
// One server that each program makes where it uses it, and one that is always made by main.
class Ident : public QObject {
public:
  Ident(QObject *parent);
  bool startListening();
  void stopListening();

private:
  QTcpServer server;
};
class Core : public QObject {
public:
  Core() { only = this; }
  static Core *instance() { return only; }
  void init();
  void initAsync();
  void FP_shutdown();
  void FP_incoming();
  void refuse_bad();

private:
  static Core *only;
  Ident *ident = nullptr;
  QTcpServer leftBehind;
};
//--- src/core.cpp
#include "core.h"
Core *Core::only = nullptr;
Ident::Ident(QObject *parent) : QObject(parent) {}
bool Ident::startListening() { return server.listen(0, 113); }
void Ident::stopListening() { server.close(); }
void Core::init() {
  ident = new Ident(this);
  ident->startListening();
  connect(ident, &QThread::started, this, &Core::FP_incoming);
}
void Core::initAsync() { init(); }
// Whose thread that is depends on the program.
void Core::FP_incoming() { ident->stopListening(); }
void Core::FP_shutdown() { ident->stopListening(); }
void Core::refuse_bad() {
  // CHECK: core.cpp:[[@LINE+1]]:3: error: `QAbstractDevice::close` is called on a worker thread, while its loop runs on another{{.*}} [LOOP501]
  leftBehind.close();
}
//--- src/alone.cpp
#include "core.h"
int main(int argc, char **argv) {
  QCoreApplication app(argc, argv);
  Core core;
  core.init();
  return QCoreApplication::exec();
}
//--- src/both.cpp
#include "core.h"
int main(int argc, char **argv) {
  QCoreApplication app(argc, argv);
  QThread thread;
  Core *core = new Core;
  core->moveToThread(&thread);
  QObject::connect(&thread, &QThread::started, core, &Core::initAsync);
  QObject::connect(&app, &QThread::quit, core, &Core::FP_shutdown);
  QObject::connect(&app, &QThread::quit, core, &Core::refuse_bad);
  thread.start();
  return QCoreApplication::exec();
}
//--- src/alone-with-parts.cpp
#include "core.h"
// So many kinds of callers that who calls is not told apart any more.
template <int> class Part : public QObject {
public:
  Part() { ident = new Ident(this); }
  Ident *ident;
};
int main(int argc, char **argv) {
  QCoreApplication app(argc, argv);
  Part<1> one;
  Part<2> two;
  Part<3> three;
  Part<4> four;
  Part<5> five;
  Part<6> six;
  Part<7> seven;
  Part<8> eight;
  Part<9> nine;
  return QCoreApplication::exec();
}
