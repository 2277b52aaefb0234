from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    b=p.chromium.launch(executable_path="/usr/bin/chromium",args=["--no-sandbox"])
    for lang in ("zh","en"):
        pg=b.new_page(viewport={"width":390,"height":844})
        pg.goto(f"file:///tmp/show/data/marts/briefing/index.html?lang={lang}")
        pg.wait_for_timeout(1500)
        pg.evaluate("for (const d of document.querySelectorAll('#across details, #theme-talent details')) d.open = true")
        for name in ("agency_responsibility","incentive_ladder","matrix_talent"):
            f=pg.locator(f'figure[data-figure="{name}"]').first
            if f.count():
                f.scroll_into_view_if_needed(); pg.wait_for_timeout(1200)
                f.screenshot(path=f"/tmp/show/pics/phone.{name}.{lang}.png")
                print(name, f.bounding_box()["width"], pg.evaluate("document.documentElement.scrollWidth"))
    b.close()
