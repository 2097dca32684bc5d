import asyncio


def look_up():
    return asyncio.get_event_loop()
    # CHECK: :[[#@LINE-1]]:12: error: {{.*}} [LOOP101]


class Service:
    def start(self):
        self.spawn()

    def spawn(self):
        return asyncio.create_task(asyncio.sleep(0))

    def run(self):
        self.start()
        asyncio.run(asyncio.sleep(0))
