"""The call as the trainee sees it: the call page, the feedback after a turn, and the summary at the end."""
