import pytest

from tests.browser.conftest import MISSING


@pytest.mark.skipif(bool(MISSING), reason=f"The page's tests are skipped. {MISSING}")
def test_there_is_a_browser_for_the_tests_of_the_page() -> None:
    assert not MISSING
