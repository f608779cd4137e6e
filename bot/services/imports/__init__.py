"""`entity import`: from a seed article to additions of a workspace, accepted one by one."""
