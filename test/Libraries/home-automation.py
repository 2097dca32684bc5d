# RUN: not %looplint check %s | FileCheck %s --implicit-check-not='{{error|warning}}:'
#
# Home Assistant: what a listener, a timer or an entity's method runs on.
import asyncio
from datetime import timedelta

from homeassistant.components.sensor import SensorEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator


async def fetch(): ...


class Meter(SensorEntity):
    def update(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]

    async def async_update(self):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]

    async def async_added_to_hass(self):
        async_dispatcher_connect(self.hass, "signal", self.refresh_ok)
        self.hass.bus.async_listen("event", self.on_event_bad)

    @callback
    def refresh_ok(self):
        asyncio.get_running_loop()
        asyncio.get_event_loop()

    def on_event_bad(self, event):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]


class Poller(DataUpdateCoordinator):
    async def _async_update_data(self):
        await self.hass.async_add_executor_job(self.read)
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]

    def read(self):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]


async def async_setup_entry(hass: HomeAssistant, entry):
    def in_executor_bad(now):
        asyncio.get_event_loop()
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP101]

    @callback
    def on_loop_bad(now):
        asyncio.run(fetch())
        # CHECK: :[[#@LINE-1]]:9: error: {{.*}} [LOOP201]

    async def refresh_ok(now):
        await fetch()

    async_track_time_interval(hass, in_executor_bad, timedelta(minutes=1))
    async_track_time_interval(hass, on_loop_bad, timedelta(minutes=1))
    # CHECK: :[[#@LINE-1]]:5: warning: {{.*}} [LOOP301]
    async_track_time_interval(hass, refresh_ok, timedelta(minutes=1))


def setup_platform(hass: HomeAssistant, config, add_entities):
    hass.services.call("domain", "service")
    asyncio.run_coroutine_threadsafe(fetch(), hass.loop).result()
