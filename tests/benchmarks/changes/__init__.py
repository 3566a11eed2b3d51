"""How little is changed when a plan is changed: repairs beside fresh plans and plans that are only started from the old one."""
