"""The browser that draws figures and prints briefings: Chromium, started for a piece of work and ended after it."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import choreographer

_START = 120  # seconds for the browser to show its tabs; on a busy machine it takes ten
_PATIENCE = 600  # seconds for one command; to print thirty pages takes one
_END = 10  # seconds for it to end when told to; then it is killed
_MISSING = "there is no Chromium or Chrome, or BROWSER_PATH names none; install chromium"
_NOT_STARTED = "the browser does not start or ended early ({}); start it by hand to see why"
_SILENT = "the browser does not answer {} seconds; it was ended: start it by hand to see why"

T = TypeVar("T")


class BrowserError(RuntimeError):
    """The browser does not do what it is told; the message is a clause that says why."""


class NoBrowserError(BrowserError):
    """There is no browser, it does not start, hangs or dies: nothing is wrong with the work; says what to do."""


class Tab:
    """A page of the browser, spoken to in the Chrome DevTools Protocol (chromedevtools.github.io/devtools-protocol)."""

    def __init__(self, tab: choreographer.Tab) -> None:
        self._tab = tab

    async def send(self, command: str, **parameters: object) -> dict[str, Any]:
        """Send a command and return its result.

        Raises:
            NoBrowserError: If the browser hangs.
            BrowserError: If it refuses.
        """
        try:
            answer = await asyncio.wait_for(self._tab.send_command(command, params=parameters), _PATIENCE)
        except TimeoutError:
            raise NoBrowserError(_SILENT.format(f"{command} within {_PATIENCE}")) from None
        if "error" in answer or "exceptionDetails" in answer["result"]:
            raise BrowserError(f"{command} fails: {answer}")
        return dict(answer["result"])

    async def load(self, address: str) -> None:
        """Go to a page, until all of it is there.

        Raises:
            BrowserError: As of `send`.
        """
        await self.send("Page.navigate", url=address)
        # A load event could be that of the page before; the state of the document is not.
        state = "location.pathname.split('/').pop() + ' ' + document.readyState"
        loaded = f"{address.rpartition('/')[2]} complete"
        for _ in range(int(_PATIENCE / 0.02)):
            found = await self.send("Runtime.evaluate", expression=state, returnByValue=True)
            if found["result"].get("value") == loaded:
                return
            await asyncio.sleep(0.02)
        raise BrowserError(f"{address} is not there after {_PATIENCE} seconds")

    async def call(self, function: str, *arguments: object) -> list[str]:
        """Call a JavaScript function in the page and return the texts that it returns.

        Raises:
            BrowserError: As of `send`, or if the function throws.
        """
        page = await self.send("Runtime.evaluate", expression="window")
        called = await self.send(
            "Runtime.callFunctionOn", functionDeclaration=function, objectId=page["result"]["objectId"],
            arguments=[{"value": argument} for argument in arguments], awaitPromise=True, returnByValue=True,
        )  # fmt: skip
        return list(called["result"]["value"])

    async def printed(self, **settings: object) -> bytes:
        """Return the page as PDF, with backgrounds.

        Raises:
            BrowserError: As of `send`.
        """
        pdf = await self.send("Page.printToPDF", printBackground=True, **settings)
        return base64.b64decode(pdf["data"])


def in_browser(work: Callable[[Sequence[Tab]], Awaitable[T]], tabs: int = 1) -> T:
    """Start the browser, work in it, and return the result.

    Args:
        work: What is done, in tabs that are open.
        tabs: How many it needs.

    Raises:
        NoBrowserError: If there is no browser, or it does not start, hangs or ends early.
        BrowserError: If it does not do what it is told.
    """
    # In a thread of its own: Dagster and notebooks have an event loop in this one, and there cannot be two.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _run(work, tabs)).result()


async def _run(work: Callable[[Sequence[Tab]], Awaitable[T]], tabs: int) -> T:
    from choreographer import Browser, errors

    logging.getLogger("choreographer").setLevel(logging.ERROR)
    try:
        async with _open(Browser(headless=True), tabs) as opened:
            return await work(opened)
    except errors.ChromeNotFoundError:
        raise NoBrowserError(_MISSING) from None
    # Which of these it is depends on when a browser gives up; choreographer cancels what waits for one that died.
    except (
        errors.BrowserFailedError,
        errors.BrowserClosedError,
        errors.ChannelClosedError,
        asyncio.CancelledError,
    ) as error:
        raise NoBrowserError(_NOT_STARTED.format(str(error) or "it died")) from error


@asynccontextmanager
async def _open(browser: choreographer.Browser, tabs: int) -> AsyncIterator[list[Tab]]:
    """Start a browser, give its tabs, and end it, whether it answers or not.

    Raises:
        NoBrowserError: If it does not answer when it is started.
    """
    try:
        try:
            async with asyncio.timeout(_START) as limit:
                await browser.open()
                first = browser.get_tab() or await browser.create_tab()
                # Each in a window: a tab that is behind another one draws slowly.
                others = [await browser.create_tab(window=True) for _ in range(1, tabs)]
        except Exception as error:
            if limit.expired():  # choreographer makes an error of its own of being cancelled
                raise NoBrowserError(_SILENT.format(f"when it is started, within {_START}")) from error
            raise
        yield [Tab(tab) for tab in (first, *others)]
    finally:
        # What answers nothing does not answer that it should end, either; choreographer then kills it.
        with suppress(TimeoutError):
            async with asyncio.timeout(_END):
                await browser.close()
