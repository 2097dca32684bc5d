// Sockets, servers, requests and processes on threads that run no loop, which they then have to be waited for on.
// RUN: rm -rf %t && split-file --leading-lines %s %t && cd %t && %compile-commands src -std=c++20 -pthread -I%t/include
// RUN: not %looplint check --no-cache --output-format=concise src | FileCheck %s --implicit-check-not='{{error|warning}}:'

//--- include/qt.h
#pragma once
class QThread;
class QObject {
public:
  QObject(QObject *parent = nullptr);
  virtual ~QObject();
  void moveToThread(QThread *thread);
  template <typename Signal, typename Slot> static void connect(const QObject *sender, Signal signal, const QObject *receiver, Slot slot) {}
  template <typename Signal, typename Slot> static void connect(const QObject *sender, Signal signal, Slot slot) {}
};
class QString {
public:
  QString(const char *text);
};
class QThread : public QObject {
public:
  void start();
  void started();

protected:
  virtual void run();
};
class QEventLoop : public QObject {
public:
  int exec();
  void quit();
};
class QIODevice : public QObject {
public:
  virtual bool waitForReadyRead(int milliseconds = 30000);
};
class QAbstractSocket : public QIODevice {
public:
  void connectToHost(const QString &host, int port);
  bool waitForConnected(int milliseconds = 30000);
};
class QTcpSocket : public QAbstractSocket {
public:
  QTcpSocket(QObject *parent = nullptr);
};
class QTcpServer : public QObject {
public:
  bool listen();
  bool waitForNewConnection(int milliseconds = 0);
  void newConnection();
};
class QNetworkRequest {};
class QNetworkReply : public QIODevice {
public:
  void finished();
};
class QNetworkAccessManager : public QObject {
public:
  QNetworkReply *get(const QNetworkRequest &request);
};
class QProcess : public QIODevice {
public:
  void start(const QString &program);
  bool waitForFinished(int milliseconds = 30000);
};
class QCoreApplication : public QObject {
public:
  QCoreApplication(int &argc, char **argv);
  static int exec();
};
//--- src/main.cpp
#include <qt.h>
#include <thread>

class Fetch_bad : public QThread {
  void run() override {
    QNetworkAccessManager manager;
    // CHECK: main.cpp:[[@LINE+1]]:28: error: `QNetworkAccessManager::get` is called on a thread that runs no loop: nothing comes of it [LOOP304]
    QNetworkReply *reply = manager.get(QNetworkRequest());
    connect(reply, &QNetworkReply::finished, [] {});
  }
};

class Fetch_ok : public QThread {
  void run() override {
    QNetworkAccessManager manager;
    QNetworkReply *reply = manager.get(QNetworkRequest());
    QEventLoop loop;
    connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
  }
};

class Client_bad : public QThread {
  void run() override {
    QTcpSocket socket;
    // CHECK: main.cpp:[[@LINE+1]]:5: error: `QTcpSocket::connectToHost` is called on a thread that runs no loop: nothing comes of it [LOOP304]
    socket.connectToHost("localhost", 80);
  }
};

static bool isThere(QTcpSocket *socket) { return socket->waitForConnected(); }

class Client_ok : public QThread {
  void run() override {
    QTcpSocket *socket = new QTcpSocket;
    socket->connectToHost("localhost", 80);
    if (isThere(socket))
      socket->waitForReadyRead();
  }
};

static void process_bad() {
  QProcess process;
  // CHECK: main.cpp:[[@LINE+1]]:3: error: `QProcess::start` is called on a thread that runs no loop: nothing comes of it [LOOP304]
  process.start("ls");
}

static void process_ok() {
  QProcess process;
  process.start("ls");
  process.waitForFinished(-1);
}

static void server_bad() {
  QTcpServer server;
  QObject::connect(&server, &QTcpServer::newConnection, [] {});
  // CHECK: main.cpp:[[@LINE+1]]:3: error: `QTcpServer::listen` is called on a thread that runs no loop: nothing comes of it [LOOP304]
  server.listen();
}

static void server_ok() {
  QTcpServer server;
  server.listen();
  while (server.waitForNewConnection(100)) {
  }
}

class Worker_ok : public QObject {
public:
  void begin() {
    socket = new QTcpSocket(this);
    socket->connectToHost("localhost", 80);
  }

private:
  QTcpSocket *socket;
};

int main(int count, char **arguments) {
  QCoreApplication application(count, arguments);
  Fetch_bad first;
  Fetch_ok second;
  Client_bad third;
  Client_ok fourth;
  first.start();
  second.start();
  third.start();
  fourth.start();
  Worker_ok worker;
  QThread thread;
  worker.moveToThread(&thread);
  QObject::connect(&thread, &QThread::started, &worker, &Worker_ok::begin);
  thread.start();
  std::thread threads[] = {std::thread(process_bad), std::thread(process_ok), std::thread(server_bad), std::thread(server_ok)};
  int status = application.exec();
  for (std::thread &each : threads)
    each.join();
  return status;
}
