"""The application: all pages, their headers, and what is said when something cannot be shown."""

import logging
from typing import Final

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, Response
from starlette.exceptions import HTTPException as StarletteHTTPException

from store.programs import NotPublished
from web.attachments import page as attachments
from web.cases import page as cases
from web.decision import page as decision
from web.decision.dead import LAPSED, NO_LINK
from web.demo import page as demo
from web.forms import page as forms
from web.frame.headers import HEADERS, Headers
from web.frame.rendering import page, style
from web.health import page as health
from web.logs import keep_tokens_out
from web.mailbox import page as mailbox
from web.mine import page as mine
from web.security.floods import Floods
from web.services import Services
from web.signin import account
from web.signin import page as signin
from web.triage import page as triage

SPARE: Final = 2 * 1024 * 1024
"""Bytes that a form may have besides its files, and a form without files at all."""

FILES: Final = 5
"""Files of the largest size in one form."""

_LOG: Final = logging.getLogger(__name__)

_PROBLEMS: Final = {
    400: ("提交的内容无法读取", "请返回上一页，刷新后重新填写并提交。"),
    403: (
        "未能提交",
        "页面可能已经过期，或不是从本站打开的；也可能您没有这项权限。请重新打开页面后再试，您的操作没有生效。",
    ),
    404: ("没有这个页面", "地址可能不完整，或您无权查看。请从邮件中重新打开链接，或登录后从列表进入。"),
    405: ("不支持这种操作", "请用页面上的按钮办理。"),
    429: ("操作过于频繁", "为防止滥用，请等一分钟后再试；已填的内容请先不要关闭。"),
    500: ("系统出错", "您的操作可能没有生效。请稍后重新打开页面查看；如仍有问题，请联系系统管理员。"),
    503: ("暂时无法服务", "系统正在启动或维护，请稍后再试。时限照常计时，提醒照常发送。"),
}


def create_app(services: Services) -> FastAPI:
    """The application for uvicorn or a test. It has no interface description: there is nothing to call but pages."""
    if len(services.secret) < 32:
        raise ValueError(f"the secret has {len(services.secret)} bytes; at least 32 are needed: make a new one")
    app = FastAPI(title="Duly", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(_readable)])
    app.state.services = services
    app.state.floods = Floods()
    app.state.metrics = health.Metrics()
    # `/d/file/…` must stand before `/d/{token}`.
    for room in (attachments, decision, forms, account, signin, mine, cases, triage, mailbox, demo, health):
        app.include_router(room.router)
    app.add_api_route("/style.css", _style, methods=["GET"])
    app.add_exception_handler(StarletteHTTPException, _http_problem)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(NotPublished, _not_published)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(Headers, largest=services.settings.largest_file * FILES + SPARE, without_files=SPARE)
    keep_tokens_out()
    return app


def _readable(request: Request) -> None:
    # PostgreSQL takes no NUL in a text, and no address of ours has one.
    values = (text for pair in request.query_params.multi_items() for text in pair)
    if any("\0" in text for text in (str(request.scope["path"]), *values)):
        raise HTTPException(404, "address")


def _style() -> Response:
    return Response(style(), media_type="text/css", headers={"Cache-Control": "public, max-age=31536000, immutable"})


def _http_problem(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, StarletteHTTPException) else 500
    detail = error.detail if isinstance(error, StarletteHTTPException) else ""
    if status == 401:
        return signin.sign_in_page(request, 401)
    if detail == "link":
        reason = LAPSED if status == 410 else NO_LINK
        return page(request, "decision/dead.html", status, reason=reason, sight=None)
    return _problem(request, status)


def _unreadable(request: Request, _error: Exception) -> Response:
    return _problem(request, 400)


def _not_published(request: Request, _error: Exception) -> Response:
    return _problem(request, 503)


def _broken(_request: Request, error: Exception) -> Response:
    # Made outside of all layers, so the headers are put on here. Plain, because what broke may be what a page needs;
    # and without the error, which may hold somebody's facts.
    _LOG.error("a page broke: %s", type(error).__name__, exc_info=error)
    title, text = _PROBLEMS[500]
    return PlainTextResponse(f"{title}。{text}\n", 500, headers=HEADERS)


def _problem(request: Request, status: int) -> Response:
    title, text = _PROBLEMS.get(status, _PROBLEMS[400])
    return page(request, "frame/problem.html", status, title=title, text=text)
