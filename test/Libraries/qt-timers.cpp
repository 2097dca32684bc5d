// Timers on threads that run no loop, or another object's one, and calls that wait for their own thread.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands src -std=c++20 -pthread -I%t/include
// RUN: not %looplint check --no-cache --output-format=concise src | FileCheck %s --implicit-check-not='{{error|warning}}:'

//--- include/qt.h
#pragma once
#include <functional>
namespace Qt {
enum ConnectionType { AutoConnection, DirectConnection, QueuedConnection, BlockingQueuedConnection };
}
class QThread;
class QObject {
public:
  QObject(QObject *parent = nullptr);
  virtual ~QObject();
  void moveToThread(QThread *thread);
  template <typename Signal, typename Slot> static void connect(const QObject *sender, Signal signal, const QObject *receiver, Slot slot, Qt::ConnectionType type = Qt::AutoConnection) {}
};
class QMetaObject {
public:
  template <typename F> static bool invokeMethod(QObject *object, F f, Qt::ConnectionType type = Qt::AutoConnection) { return true; }
};
class QTimer : public QObject {
public:
  QTimer(QObject *parent = nullptr);
  void start(int interval);
  void stop();
  void timeout();
  static void singleShot(int interval, std::function<void()> f);
  static void singleShot(int interval, QObject *receiver, std::function<void()> f);
};
class QThread : public QObject {
public:
  void start();
  void started();

protected:
  virtual void run();
  int exec();
};
class QEventLoop : public QObject {
public:
  int exec();
};
class QCoreApplication : public QObject {
public:
  QCoreApplication(int &argc, char **argv);
  static int exec();
};
//--- src/main.cpp
#include <qt.h>
#include <thread>

static void shot_bad() {
  // CHECK: main.cpp:[[@LINE+1]]:3: error: `QTimer::singleShot` is called on a thread that runs no loop: nothing comes of it [LOOP304]
  QTimer::singleShot(100, [] {});
}

static void begin(QTimer &timer) {
  // CHECK: main.cpp:[[@LINE+1]]:3: error: `QTimer::start` is called on a thread that runs no loop: nothing comes of it [LOOP304]
  timer.start(100);
}

static void timer_bad() {
  QTimer timer;
  begin(timer);
}

static void loop_behind_ok() {
  QTimer timer;
  timer.start(100);
  QTimer::singleShot(100, [] {});
  QEventLoop loop;
  loop.exec();
}

static void loop_in_helper_ok(QEventLoop &loop) { loop.exec(); }

static void loop_on_some_way_ok(bool waits) {
  QTimer timer;
  timer.start(100);
  QEventLoop loop;
  if (waits)
    loop_in_helper_ok(loop);
}

class Thread_bad : public QThread {
  void run() override {
    QTimer timer;
    // CHECK: main.cpp:[[@LINE+1]]:5: error: `QTimer::start` is called on a thread that runs no loop: nothing comes of it [LOOP304]
    timer.start(10);
  }
};

class Thread_ok : public QThread {
  void run() override {
    QTimer timer;
    timer.start(10);
    exec();
  }
};

class ThreadOfBase_ok : public QThread {
  void run() override {
    QTimer timer;
    timer.start(10);
    QThread::run();
  }
};

class Moved : public QObject {
public:
  Moved() : child(this) {}
  void tick() {
    // CHECK: main.cpp:[[@LINE+1]]:5: error: `QTimer::start` is called on a worker thread, while its loop runs on another{{.*}} [LOOP501]
    leftBehind.start(10);
    child.start(10);
    QTimer own;
    own.start(10);
    QTimer::singleShot(10, [] {});
  }
  void FN_child_from_main() { child.start(10); }

private:
  QTimer leftBehind;
  QTimer child;
};

class Window : public QObject {
public:
  Window() {
    QObject::connect(&timer, &QTimer::timeout, this, &Window::tick_bad);
    timer.start(10);
  }

private:
  void tick_bad() {
    // CHECK: main.cpp:[[@LINE+1]]:5: error: `QMetaObject::invokeMethod` waits on the loop's own thread for work that needs that loop [LOOP203]
    QMetaObject::invokeMethod(this, [] {}, Qt::BlockingQueuedConnection);
    QMetaObject::invokeMethod(this, [] {}, Qt::QueuedConnection);
    QMetaObject::invokeMethod(this, [] {}, Qt::DirectConnection);
  }
  QTimer timer;
};

static void asks_ok(QObject *application) { QMetaObject::invokeMethod(application, [] {}, Qt::BlockingQueuedConnection); }

int main(int count, char **arguments) {
  QCoreApplication application(count, arguments);
  QTimer::singleShot(100, [] {});
  Window window;
  Moved moved;
  QThread thread;
  moved.moveToThread(&thread);
  QObject::connect(&thread, &QThread::started, &moved, &Moved::tick);
  thread.start();
  moved.FN_child_from_main();
  Thread_bad first;
  Thread_ok second;
  ThreadOfBase_ok third;
  first.start();
  second.start();
  third.start();
  std::thread threads[] = {std::thread(shot_bad), std::thread(timer_bad), std::thread(loop_behind_ok), std::thread(loop_on_some_way_ok, count == 1),
                           std::thread([&] { asks_ok(&application); }), std::thread([&] { QTimer::singleShot(10, &application, [] {}); })};
  int status = application.exec();
  for (std::thread &each : threads)
    each.join();
  return status;
}
