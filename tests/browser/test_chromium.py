import pytest

from tests.browser.chromium import CHROMIUM, missing


@pytest.mark.skipif(bool(missing()), reason=f"All tests of the page in a browser are left out. {missing()}")
def test_there_is_a_browser_for_the_tests_of_the_page() -> None:
    assert CHROMIUM
