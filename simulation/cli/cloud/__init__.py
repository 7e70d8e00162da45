"""``kanaalkompas cloud``: questions that a stack in AWS answers."""
