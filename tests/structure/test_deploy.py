"""What docs/deploy hands to operators fits the program: its commands, addresses and limits."""

import configparser
import re
import shlex
from pathlib import Path

import pytest
from click import Context

from search_app.cli.commands import khobao
from search_app.serving.limits import Limits

DEPLOY = Path(__file__).parents[2] / "docs" / "deploy"
UNITS = ("khobao@.service", "khobao-backup.service")


def unit(name: str) -> configparser.RawConfigParser:
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]  # as configparser documents it
    read.read(DEPLOY / name, "utf-8")
    return read


@pytest.mark.parametrize("name", UNITS)
def test_what_a_unit_starts_is_a_command_with_options_that_it_has(name: str) -> None:
    program, command, *arguments = shlex.split(unit(name)["Service"]["ExecStart"])
    assert program == "/opt/khobao/current/.venv/bin/khobao"
    found = khobao.get_command(Context(khobao), command)
    assert found is not None
    known = {option for parameter in found.params for option in parameter.opts}
    assert {one for one in arguments if one.startswith("--")} <= known


def test_a_server_gets_more_time_to_stop_than_it_takes_and_files_for_its_connections() -> None:
    service = unit("khobao@.service")["Service"]
    assert int(service["TimeoutStopSec"]) > Limits().stop_seconds + 2
    assert int(service["LimitNOFILE"]) > Limits().connections


def test_nginx_takes_what_the_server_takes() -> None:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    limits = Limits()
    said = dict(re.findall(r"^\s+(client_\w+|large_client_header_buffers) ([^;]+);", text, re.MULTILINE))
    assert said["large_client_header_buffers"].split()[1] == f"{limits.head_bytes // 1024}k"
    assert said["client_max_body_size"] == f"{limits.body_bytes // 1024}k"
    assert said["client_header_timeout"] == f"{limits.head_seconds:g}s"
    assert "location = /metrics" in text


def test_both_proxies_know_the_two_places_of_the_guide() -> None:
    guide = (DEPLOY.parent / "deploy.md").read_text("utf-8")
    places = set(re.findall(r"khobao@(\d+)", guide))
    assert len(places) == 2
    for name in ("nginx.conf", "Caddyfile"):
        assert set(re.findall(r"127\.0\.0\.1:(\d+)", (DEPLOY / name).read_text("utf-8"))) == places


def test_every_file_is_named_in_the_guide_and_every_name_is_a_file() -> None:
    guide = (DEPLOY.parent / "deploy.md").read_text("utf-8")
    named = set(re.findall(r"deploy/([\w@.-]+\w)", guide))
    assert named == {path.name for path in DEPLOY.iterdir()}
