"""Addresses of people's pages."""

from __future__ import annotations

from django.urls import path

from casewright.web.people import account, administering, passkeys, signing_in, single_sign_on, views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in", signing_in.sign_in, name="sign_in"),
    path("sign-in/second", signing_in.second_proof, name="second_proof"),
    path("sign-in/again", signing_in.prove_again, name="prove_again"),
    path("sign-in/force", single_sign_on.sign_on, name="sign_on"),
    path("sign-in/force/back", single_sign_on.signed_on, name="signed_on"),
    path("sign-in/passkey", passkeys.ask_passkey, name="ask_passkey"),
    path("sign-in/passkey/shown", passkeys.passkey_shown, name="passkey_shown"),
    path("sign-in/password/<str:token>", signing_in.enrol, name="enrol"),
    path("sign-in/<str:token>", signing_in.sign_in_by_link, name="sign_in_by_link"),
    path("sign-out", signing_in.sign_out, name="sign_out"),
    path("account", account.account, name="account"),
    path("account/password", account.change_password, name="change_password"),
    path("account/app", account.add_app, name="add_app"),
    path("account/passkey", passkeys.begin_passkey, name="begin_passkey"),
    path("account/passkey/made", passkeys.passkey_made, name="passkey_made"),
    path("account/recovery-codes", account.recovery_codes, name="recovery_codes"),
    path("account/proofs/<int:factor_id>/remove", account.remove_factor, name="remove_factor"),
    path("account/sessions/end", account.end_sessions, name="end_sessions"),
    path("account/deputy", account.deputise, name="deputise"),
    path("account/deputies/<int:delegation_id>/end", account.end_delegation, name="end_delegation"),
    path("preferences", views.preferences, name="preferences"),
    path("people", views.people, name="people"),
    path("people/teams", administering.teams, name="teams"),
    path("people/add", administering.add_person, name="add_person"),
    path("people/<int:user_id>", administering.person_page, name="person"),
    path("people/<int:user_id>/place", administering.place, name="place_person"),
    path("people/<int:user_id>/vetting", administering.vet, name="vet_person"),
    path("people/<int:user_id>/skill", administering.assess, name="assess_skill"),
    path("people/<int:user_id>/role", administering.propose_role, name="propose_role"),
    path("people/<int:user_id>/link", administering.send_link, name="send_link"),
    path("people/<int:user_id>/leave", administering.leave, name="leave_unit"),
    path("people/roles/<int:proposal_id>", administering.decide_role, name="decide_role"),
    path("clock", views.clock_page, name="clock"),
]
