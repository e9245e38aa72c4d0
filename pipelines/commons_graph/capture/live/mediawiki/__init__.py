"""MediaWiki's API: what `mediawiki_api` puts together.

`api` asks and knows the errors, `site` says what the wiki is like, `listing` which pages it has, `changes` what its
logs say happened, `pages` fetches texts, `dump` takes them from a dump where that has the same revision.
"""
