-- arrived: the cell has all of a merchant, and the directory is about to lead to it. One that is still arriving once it does has a part: the cell
-- was put back to a time in the middle of the move, and must not serve that.
alter table moving_merchant drop constraint moving_merchant_state_check;
alter table moving_merchant add constraint moving_merchant_state_check
  check (state in ('leaving', 'closed', 'frozen', 'left', 'arriving', 'arrived', 'dropping', 'dropped'));
